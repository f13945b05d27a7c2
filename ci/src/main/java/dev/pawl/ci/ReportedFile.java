package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import dev.pawl.store.Artifacts;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that a check has to show.
 *
 * @param name what people know it by
 */
record ReportedFile(String check, String name, Digest digest) {
    private static final String CURVES = "curves of the loss.svg";
    private static final long MOST_OF_A_PICTURE = 1024L * 1024;

    /** The curves that Pawl drew, or what a project's own check has written. */
    static Stream<ReportedFile> of(CiCheck check) {
        if (CiCheck.isOwn(check.name())) {
            return check.files().entrySet().stream()
                    .map(file -> new ReportedFile(check.name(), file.getKey(), file.getValue()));
        }
        return Stream.ofNullable(check.evidence().get("plot"))
                .map(plot -> new ReportedFile(check.name(), CURVES, new Digest(String.valueOf(plot))));
    }

    static List<ReportedFile> of(List<CiCheck> checks) {
        return checks.stream().flatMap(ReportedFile::of).toList();
    }

    /** As the address of a picture that holds all of it, if it is one and not too big. No script runs in a picture. */
    Optional<String> picture(Artifacts artifacts) {
        return type().filter(_ -> artifacts.has(digest) && artifacts.size(digest) <= MOST_OF_A_PICTURE)
                .map(type -> "data:%s;base64,%s"
                        .formatted(type, Base64.getEncoder().encodeToString(artifacts.bytes(digest))));
    }

    private Optional<String> type() {
        return name.endsWith(".svg")
                ? Optional.of("image/svg+xml")
                : name.endsWith(".png") ? Optional.of("image/png") : Optional.empty();
    }
}
