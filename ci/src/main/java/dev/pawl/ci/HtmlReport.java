package dev.pawl.ci;

import java.util.Locale;

/**
 * A report as a page of its own that needs nothing else: plots are in it.
 *
 * @param server its address, for links; ends with a slash
 */
record HtmlReport(CiReport report, String server) {
    private static final String HEAD = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>TITLE</title>
        <style>body{font:15px/1.45 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .5rem;
        border-bottom:1px solid #8884}td{white-space:pre-wrap;overflow-wrap:anywhere}.PASSED{color:#0a7d5a}
        .FAILED,.CANCELLED{color:#b3541e}</style></head><body>
        """;

    String text() {
        CiRun run = report.run();
        String title = "%s %s: %s".formatted(run.project(), report.commit(), report.verdict());
        StringBuilder html = new StringBuilder(HEAD.replace("TITLE", escaped(title)));
        html.append("<h1>%s</h1>\n".formatted(escaped(title)));
        html.append("<p>branch %s, commit %s, <a href=\"%sci/%s\">%4$s</a>%s</p>\n"
                .formatted(
                        escaped(run.branch()),
                        run.commit(),
                        escaped(server),
                        run.id(),
                        report.took().map(took -> ", " + took).orElse("")));
        html.append("<table><tr><th>check</th><th></th><th>time</th><th></th></tr>\n");
        report.checks().forEach(check -> html.append(row(check)));
        html.append("</table>\n");
        if (!report.badTests().isEmpty()) {
            html.append("<h2>Tests that failed</h2>\n<table>\n");
            report.badTests()
                    .forEach(test -> html.append("<tr><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                            .formatted(escaped(test.name()), escaped(test.change()), escaped(test.message()))));
            html.append("</table>\n");
        }
        report.files().forEach(file -> html.append(shown(file)));
        return html.append("</body></html>\n").toString();
    }

    private static String row(CiCheck check) {
        return "<tr><td>%s</td><td class=\"%s\">%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        escaped(check.name()),
                        check.state(),
                        check.state().name().toLowerCase(Locale.ROOT),
                        CiReport.took(check),
                        escaped(check.summary()));
    }

    private String shown(ReportedFile file) {
        String name = escaped(file.check() + ": " + file.name());
        return file.picture(report.artifacts())
                .map(source -> "<p><img alt=\"%s\" src=\"%s\"></p>\n".formatted(name, source))
                .orElseGet(() -> "<p><a href=\"%sapi/artifacts/%s\">%s</a></p>\n"
                        .formatted(escaped(server), file.digest(), name));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
