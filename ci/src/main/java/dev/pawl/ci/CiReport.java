package dev.pawl.ci;

import dev.pawl.kernel.Spans;
import dev.pawl.store.Artifacts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a CI run: the verdict, its checks, the tests that failed, the files that checks have to show.
 *
 * @param artifacts has the files
 */
record CiReport(CiRun run, List<CiCheck> checks, Artifacts artifacts) {
    private static final int DIGITS_OF_COMMIT = 7;
    private static final int MOST_TESTS = 20;
    private static final int MOST_FILES = 50;

    /** A test that did not pass. */
    record BadTest(String check, String name, String message, String change) {}

    String commit() {
        return run.commit().value().substring(0, DIGITS_OF_COMMIT);
    }

    /** In a sentence. */
    String verdict() {
        return switch (run.state()) {
            case PASSED -> run.scope().isWhole() ? "passed" : "passed, of the checks that were asked for";
            case FAILED -> "refused by " + run.refusedBy().orElse(CiCheck.CI);
            case CANCELLED -> "cancelled";
            case SUPERSEDED -> "superseded by a newer push";
            case QUEUED -> "queued";
            case CHECKING, INTEGRATING -> "under way";
        };
    }

    static String took(CiCheck check) {
        return check.finishedAt()
                .map(end -> Spans.text(Duration.between(check.startedAt(), end)))
                .orElse("");
    }

    Optional<String> took() {
        return run.startedAt().flatMap(start -> run.finishedAt().map(end -> Spans.text(Duration.between(start, end))));
    }

    /** A few of them, with those of all checks. */
    List<BadTest> badTests() {
        return checks.stream()
                .flatMap(check -> tests(check)
                        .filter(test -> "FAILED".equals(test.get("outcome")) || "ERROR".equals(test.get("outcome")))
                        .map(test -> bad(check, test)))
                .limit(MOST_TESTS)
                .toList();
    }

    private static Stream<Map<?, ?>> tests(CiCheck check) {
        return check.evidence().get("tests") instanceof List<?> tests
                ? tests.stream().filter(Map.class::isInstance).map(test -> (Map<?, ?>) test)
                : Stream.empty();
    }

    private static BadTest bad(CiCheck check, Map<?, ?> test) {
        String suite = text(test.get("suite"));
        String name = text(test.get("name"));
        String change = text(test.get("change")).toLowerCase(Locale.ROOT).replace('_', ' ');
        return new BadTest(
                check.name(), suite.isEmpty() ? name : suite + "." + name, text(test.get("message")), change);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Curves that checks drew, and what the project's own ones have written; a few of them. */
    List<ReportedFile> files() {
        return ReportedFile.of(checks).stream()
                .filter(file -> artifacts.has(file.digest()))
                .limit(MOST_FILES)
                .toList();
    }
}
