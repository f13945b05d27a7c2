package dev.pawl.ci;

import java.util.Locale;

/**
 * A report as Markdown, fit to be posted on a merge request.
 *
 * @param server its address, for links; ends with a slash
 */
record MarkdownReport(CiReport report, String server) {
    String text() {
        CiRun run = report.run();
        StringBuilder text = new StringBuilder();
        text.append("### Pawl: %s\n\n".formatted(escaped(report.verdict())));
        text.append("`%s`, branch %s of %s, [%s](%sci/%s)"
                .formatted(report.commit(), escaped(run.branch()), run.project(), run.id(), server, run.id()));
        report.took().ifPresent(took -> text.append(", ").append(took));
        text.append("\n\n| check | | time | |\n|---|---|---|---|\n");
        for (CiCheck check : report.checks()) {
            text.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            check.name(),
                            check.state().name().toLowerCase(Locale.ROOT),
                            CiReport.took(check),
                            escaped(check.summary()).replace("\n", "<br>")));
        }
        if (!report.badTests().isEmpty()) {
            text.append("\nTests that failed:\n\n");
            for (CiReport.BadTest test : report.badTests()) {
                text.append("- %s%s%s\n"
                        .formatted(
                                escaped(test.name()),
                                test.change().isEmpty() ? "" : " (" + test.change() + ")",
                                test.message().isEmpty() ? "" : ": " + escaped(firstLine(test.message()))));
            }
        }
        if (!report.files().isEmpty()) {
            text.append(
                    "\nPlots: [%sapi/ci/%s/report.html](%1$sapi/ci/%2$s/report.html)\n".formatted(server, run.id()));
            report.files().stream()
                    .filter(file -> CiCheck.isOwn(file.check()))
                    .forEach(file -> text.append("- %s: [%s](%sapi/artifacts/%s)\n"
                            .formatted(file.check(), escaped(file.name()), server, file.digest())));
        }
        return text.toString();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Nothing of what a project says is markup, a link or the mention of somebody. */
    private static String escaped(String text) {
        return text.strip()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replaceAll("([\\\\`*_{}\\[\\]()#+!|~])", "\\\\$1");
    }
}
