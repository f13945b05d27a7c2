package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** {@code pawl graph}, of a pipeline with everything that is drawn in a way of its own. */
class GraphTest {
    private static final String YAML = """
        project: drawn
        pipeline:
          steps:
            split: { run: 'for i in 0 1 2; do echo $i > "$PAWL_OUTPUTS/parts/00000$i"; done', inputs: { n: data.numbers }, outputs: { parts: list of files } }
            train: { run: 'cp "$PAWL_INPUTS/part" "$PAWL_OUTPUTS/model"', each: { part: split.parts }, outputs: { model: file } }
            check: { run: 'echo 1 > "$PAWL_OUTPUTS/ok"', inputs: { parts: split.parts }, parameters: { strict: false }, when: "strict", outputs: { ok: file } }
            report: { run: 'echo 1 > "$PAWL_OUTPUTS/text"', inputs: { models: train.model, n: data.numbers }, outputs: { text: file } }
            farewell: { run: 'echo bye', always: true }
        data: { numbers: { path: numbers.csv } }
        """;

    private PawlCommand pawl;
    private Path project;

    @BeforeEach
    void project(@TempDir Path temporary) throws Exception {
        Path source = Files.createDirectories(temporary.resolve("drawn-source"));
        Files.writeString(source.resolve("pawl.yaml"), YAML);
        Files.writeString(source.resolve("numbers.csv"), "n\n1\n");
        project = DemoProject.copyOf(
                        source, temporary.resolve("drawn"), new Commands(Clock.system(), OwnJvm.javaHome()))
                .folder();
        pawl = new PawlCommand(project);
    }

    @Test
    void the_pipeline_is_a_tree_in_text() {
        List<String> lines = pawl.prints("graph").lines().toList();

        assertThat(lines).hasSize(6);
        assertThat(lines.getFirst()).isEqualTo("drawn");
        assertThat(lines).anyMatch(line -> line.contains("train") && line.contains("for each of split.parts"));
        assertThat(lines).anyMatch(line -> line.contains("check") && line.contains("if strict"));
        assertThat(lines).anyMatch(line -> line.contains("report") && line.contains("reads train, data.numbers"));
        assertThat(lines).anyMatch(line -> line.contains("farewell") && line.contains("always, at the end"));
    }

    @Test
    void a_run_has_the_states_of_its_steps() throws Exception {
        String run = pawl.run();

        assertThat(pawl.prints("graph", run)).contains("succeeded", "3/3 items", "skipped");
        assertThat(pawl.json("graph", run)
                        .path("vertices")
                        .valueStream()
                        .map(vertex -> vertex.at("/state/state").asString("none")))
                .containsExactlyInAnyOrder("none", "SUCCEEDED", "SUCCEEDED", "SKIPPED", "SUCCEEDED", "SUCCEEDED");
        assertThat(svg(run)).contains("class=\"STEP skipped\"", "class=\"edge each\"", "always");
    }

    @Test
    void the_picture_is_well_formed_and_no_boxes_overlap() throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg())));

        var groups = document.getElementsByTagName("g");
        assertThat(groups.getLength()).isEqualTo(6);
    }

    @Test
    void a_picture_needs_a_folder_to_be_in() {
        assertThat(pawl.exits(2, "graph", "--svg", project + "/none/x.svg"))
                .contains("There is no folder " + project + "/none");
        assertThat(project.resolve("none")).doesNotExist();
    }

    @Test
    void what_came_from_the_cache_item_by_item_is_told_so() {
        pawl.run();
        String again = pawl.run();

        assertThat(pawl.prints("graph", again)).contains("3/3 items from the cache");
        assertThat(pawl.prints("show", again)).contains("3 steps succeeded, 3 from the cache, 1 skipped");
    }

    @Test
    void cells_of_a_layer_keep_their_distance_and_arrows_go_down() {
        var widths = new LinkedHashMap<String, Double>();
        List.of("a", "b", "c", "d", "e").forEach(name -> widths.put(name, 50.0));
        var edges =
                List.of(edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d"), edge("a", "d"), edge("e", "d"));

        var layout = new LayeredLayout(widths, edges, Set.of(), 10);

        assertThat(Math.abs(layout.cell("b").x - layout.cell("c").x)).isGreaterThanOrEqualTo(60);
        assertThat(layout.way(edges.get(4))).hasSize(3);
        assertThat(layout.cell("e").layer).isEqualTo(1);
        assertThat(edges)
                .allSatisfy(
                        edge -> assertThat(layout.cell(edge.to()).layer).isGreaterThan(layout.cell(edge.from()).layer));
    }

    private static PipelineGraph.Edge edge(String from, String to) {
        return new PipelineGraph.Edge(from, to, false, false);
    }

    private String svg(String... run) throws IOException {
        Path file = project.resolveSibling("graph.svg");
        var arguments = new ArrayList<>(List.of(run));
        arguments.addAll(List.of("--svg", file.toString()));
        pawl.prints("graph", arguments.toArray(String[]::new));
        return Files.readString(file);
    }
}
