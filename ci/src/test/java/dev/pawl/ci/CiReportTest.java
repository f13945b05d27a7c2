package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Artifacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiReportTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HOSTILE = "<script>alert(1)</script> | `x` @all [y](http://evil)";

    @TempDir
    Path folder;

    private CiReport report() {
        CiRun queued = CiRun.queued(
                new CiRunId("ci-1"), new ProjectName("births"), HOSTILE, new CommitId("a".repeat(40)), AT, Scope.ALL);
        Artifacts artifacts = Artifacts.in(folder, Ids.system());
        String plot =
                artifacts.putText("<svg xmlns='http://www.w3.org/2000/svg'/>").value();
        var test = Map.of("suite", "s", "name", HOSTILE, "outcome", "FAILED", "message", "no\nline 2", "change", "NEW");
        var unit = new CiCheck(
                "unit",
                CiCheck.State.FAILED,
                "1 test, 1 failed\n" + HOSTILE,
                Map.of("tests", List.of(test), "plot", plot),
                Optional.empty(),
                AT,
                Optional.of(AT.plusSeconds(2)));
        return new CiReport(queued, List.of(unit), artifacts);
    }

    @Test
    void markdown_has_the_checks_and_the_failing_tests_and_nothing_that_acts() {
        String text = new MarkdownReport(report(), "http://pawl/").text();

        assertThat(text)
                .contains(
                        "### Pawl: queued",
                        "[ci-1](http://pawl/ci/ci-1)",
                        "| unit | failed | 2.0 s | 1 test, 1 failed<br>")
                .contains("(new): no\n")
                .contains("[http://pawl/api/ci/ci-1/report.html]")
                .doesNotContain("<script", "@all", "](http://evil", " `x`");
    }

    @Test
    void html_has_the_plots_in_it_and_nothing_that_acts() {
        String text = new HtmlReport(report(), "http://pawl/").text();

        assertThat(text)
                .contains("<td class=\"FAILED\">failed</td>", "data:image/svg+xml;base64,", "&lt;script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void a_badge_says_how_a_branch_stands() {
        assertThat(Badge.of(CiState.PASSED).svg()).contains(">passing<");
        assertThat(Badge.of(CiState.FAILED).svg()).contains(">failing<");
        assertThat(Badge.NONE.svg()).contains(">none<");
    }
}
