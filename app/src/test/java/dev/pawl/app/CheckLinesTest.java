package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.CiCheck;
import dev.pawl.kernel.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a CI run under way is shown. */
class CheckLinesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:09Z");

    private static CiProgress progress(String state, String... checks) {
        String run = """
            {"id":"ci-1","project":"births","branch":"main","commit":"%s","state":"%s",
             "queued_at":"2026-01-01T00:00:00Z","started_at":"2026-01-01T00:00:01Z","refused_by":"unit",
             "scope":{"only":[],"failed_only":false,"cached":true}}
            """.formatted("a".repeat(40), state);
        return CiProgress.of(
                Json.tree("{\"run\":" + run + ",\"checks\":[" + String.join(",", checks)
                        + "],\"lines\":{\"unit\":\"42 tests\"}}"),
                NOW);
    }

    private static String check(String name, CiCheck.State state, String summary) {
        return Json.write(Map.of(
                "name",
                name,
                "state",
                state,
                "summary",
                summary,
                "evidence",
                Map.of(),
                "started_at",
                "2026-01-01T00:00:02Z"));
    }

    @Test
    void a_line_has_the_mark_the_time_and_what_there_is_to_say() {
        var progress = progress(
                "CHECKING",
                check("build", CiCheck.State.PASSED, "The build took 1 s\nmore"),
                check("unit", CiCheck.State.RUNNING, ""));

        assertThat(new CheckLines(Terminal.Style.PLAIN).of(progress, 80))
                .containsExactly(
                        "ci-1  births main aaaaaaa  checking  8.0 s",
                        "+ build            7.0 s  The build took 1 s",
                        "* unit             7.0 s  42 tests");
        assertThat(new CheckLines(Terminal.Style.PLAIN).of(progress, 30))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(30));
    }

    @Test
    void elsewhere_each_change_is_a_line_once() {
        List<String> told = new ArrayList<>();
        var plain = new PlainCiProgress(told::add);
        plain.accept(progress("CHECKING", check("unit", CiCheck.State.RUNNING, "")));
        plain.accept(progress("CHECKING", check("unit", CiCheck.State.RUNNING, "")));
        plain.accept(progress("FAILED", check("unit", CiCheck.State.FAILED, "1 failed")));

        assertThat(told)
                .containsExactly(
                        "unit             running              42 tests",
                        "unit             failed    7.0 s      1 failed");
    }

    @Test
    void a_verdict_has_a_sentence_and_an_exit_code() {
        assertThat(new CiVerdict(progress("PASSED"))).satisfies(verdict -> {
            assertThat(verdict.sentence()).isEqualTo("passed in 8.0 s");
            assertThat(verdict.exit()).isZero();
        });
        assertThat(new CiVerdict(progress("FAILED"))).satisfies(verdict -> {
            assertThat(verdict.sentence()).isEqualTo("refused by unit in 8.0 s");
            assertThat(verdict.exit()).isEqualTo(1);
        });
        assertThat(new CiVerdict(progress("CANCELLED")).exit()).isEqualTo(1);
        assertThat(new CiVerdict(progress("CHECKING")).exit()).isZero();
    }
}
