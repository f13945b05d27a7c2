package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.PawlYaml;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunAttempt;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.RunState;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs.ItemCount;
import dev.pawl.pipeline.StepState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run under way is shown. */
class ProgressTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RunId RUN = new RunId("run-1");
    private static final Terminal.Style UNICODE = new Terminal.Style(false, true);
    private static final String YAML = """
        project: shown
        pipeline:
          steps:
            split: { run: "true", outputs: { parts: list of files } }
            train: { run: "true", each: { part: split.parts }, outputs: { model: file } }
            check: { run: "true", inputs: { parts: split.parts }, outputs: { ok: file } }
            report: { run: "true", inputs: { models: train.model, ok: check }, outputs: { text: file } }
        """;

    @TempDir
    Path folder;

    private ProgressTree tree;
    private PawlYaml yaml;

    @BeforeEach
    void pipeline() throws Exception {
        Files.writeString(folder.resolve("pawl.yaml"), YAML);
        Files.writeString(folder.resolve("log.txt"), "epoch 1\n\u001b[32mepoch 2\u001b[0m\r\n\n");
        yaml = PawlYaml.read(folder);
        tree = new ProgressTree(yaml.compile(Optional.empty()), UNICODE);
    }

    @Test
    void steps_stand_as_a_tree_with_what_there_is_to_say() {
        assertThat(tree.lines(half(), 20, 79).stream().map(String::stripTrailing))
                .containsExactly(
                        "run-1  running  5.0 s",
                        "\u2261 split                   from run-0",
                        "\u25cf \u251c\u2500 train         4.0 s  3/10 items  epoch 2",
                        "\u2718 \u2514\u2500 check         1.0 s  attempt 2  exit code 3",
                        "\u00b7    \u2514\u2500 report");
    }

    @Test
    void no_line_is_wider_than_the_window() {
        assertThat(tree.lines(half(), 20, 30))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(30));
        assertThat(tree.lines(half(), 20, 30)).anyMatch(line -> line.endsWith("\u2026"));
    }

    @Test
    void in_a_low_window_what_happens_now_is_shown_first() {
        assertThat(tree.lines(half(), 4, 79))
                .hasSize(4)
                .anyMatch(line -> line.contains("train"))
                .anyMatch(line -> line.contains("check"))
                .anyMatch(line -> line.contains("and 2 more steps"));
    }

    @Test
    void a_terminal_is_drawn_over_and_at_the_end_all_steps_stay() {
        StringWriter written = new StringWriter();
        var terminal =
                new Terminal(new PrintWriter(written), new Terminal.Style(true, true), () -> new WindowSize(5, 80));
        var live = new LiveProgress(terminal, yaml.compile(Optional.empty()));

        live.accept(half());
        assertThat(written.toString()).doesNotContain("\u001b[4A").contains("\u001b[31m\u2718\u001b[0m");
        live.accept(over());

        assertThat(written.toString()).contains("\u001b[4A");
        assertThat(written.toString().substring(written.toString().lastIndexOf("succeeded")))
                .contains("split", "train", "check", "report");
    }

    @Test
    void where_no_cursor_moves_each_change_is_a_line() {
        List<String> lines = new ArrayList<>();
        PlainProgress plain = new PlainProgress(lines::add);

        plain.accept(half());
        plain.accept(half());
        plain.accept(over());

        assertThat(lines).hasSize(3 + 3);
        assertThat(lines).contains("check                failed     1.0 s    attempt 2  exit code 3");
        assertThat(lines.getFirst()).isEqualTo("split                cached              from run-0");
    }

    private RunProgress half() {
        return new RunProgress(
                run(RunState.RUNNING),
                List.of(
                        step("split", StepState.CACHED, 1, ""),
                        step("train", StepState.RUNNING, 2, ""),
                        step("check", StepState.FAILED, 2, "exit code 3\nmore"),
                        step("report", StepState.WAITING, 0, "")),
                Map.of(new StepName("train"), new ItemCount(10, 3, Optional.of(START))),
                List.of(attempt()),
                START.plusSeconds(5));
    }

    private RunProgress over() {
        return new RunProgress(
                run(RunState.SUCCEEDED),
                List.of(
                        step("split", StepState.CACHED, 1, ""),
                        step("train", StepState.SUCCEEDED, 2, ""),
                        step("check", StepState.SUCCEEDED, 2, ""),
                        step("report", StepState.SUCCEEDED, 1, "")),
                Map.of(),
                List.of(),
                START.plusSeconds(9));
    }

    private static Run run(RunState state) {
        var spec = new RunSpec(
                RUN,
                new ProjectName("shown"),
                Purpose.EXPERIMENT,
                Optional.empty(),
                Digest.of("package"),
                Digest.of("definition"),
                START,
                Optional.empty(),
                "a test");
        return new Run(spec, state, "", START, Optional.of(START), Optional.empty());
    }

    private static RunStep step(String name, StepState state, int attempt, String error) {
        boolean began = state != StepState.WAITING && state != StepState.CACHED;
        boolean runs = state == StepState.RUNNING;
        return new RunStep(
                RUN,
                new StepName(name),
                Optional.empty(),
                state,
                attempt,
                Optional.empty(),
                name.equals("train") ? Optional.empty() : Optional.of(Json.tree("{}")),
                state == StepState.CACHED ? Optional.of(new RunId("run-0")) : Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                error.isEmpty() ? Optional.empty() : Optional.of(error),
                Optional.empty(),
                began ? Optional.of(START.plusSeconds(1)) : Optional.empty(),
                began && !runs ? Optional.of(START.plusSeconds(2)) : Optional.empty());
    }

    private RunAttempt attempt() {
        return new RunAttempt(
                new StepName("train"),
                Optional.of(3),
                1,
                "RUNNING",
                "process",
                "here",
                "25",
                "Linux",
                Optional.empty(),
                Optional.of(folder.toString()),
                Optional.empty(),
                Optional.empty(),
                START,
                Optional.empty());
    }
}
