package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.source.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of projects that are broken: each is refused by the check that should, and by no other. */
class BrokenExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples/broken");
    private static final int MOST_LINES = 2;
    private static final List<String> ALL = List.of(
            CiCheck.CHECKOUT,
            CiCheck.BUILD,
            CiCheck.UNIT,
            CiCheck.DEFINITION,
            CiCheck.PACKAGE,
            CiCheck.CONTRACT,
            CiCheck.NUMERIC,
            CiCheck.CONVERGENCE,
            CiCheck.INTEGRATION,
            "own.sentence");

    @TempDir
    static Path folder;

    private static CiServer server;
    private static Git git;

    /**
     * @param check which check refuses it; the others that were made pass, but for those that need a whole run where it has none
     * @param made how many of all checks, in their order, are made before it ends
     */
    record Broken(String folder, String check, int made, String because) {
        /** A run that stopped is no integration, and gives nothing to make hostile. */
        private static final Set<String> NEED_A_RUN = Set.of(CiCheck.INTEGRATION, CiCheck.NUMERIC, "own.sentence");

        CiCheck.State becomes(String other) {
            boolean stopped = folder.equals("contract-forgets") || check.equals(CiCheck.INTEGRATION);
            boolean failed = other.equals(check) || (stopped && NEED_A_RUN.contains(other));
            return failed ? CiCheck.State.FAILED : CiCheck.State.PASSED;
        }

        @Override
        public String toString() {
            return folder;
        }
    }

    static Stream<Broken> broken() {
        return Stream.of(
                new Broken("definition", CiCheck.DEFINITION, 1, "unknown key 'sampel'; did you mean 'sample'?"),
                new Broken("build", CiCheck.BUILD, 2, "SyntaxError"),
                new Broken("unit", CiCheck.UNIT, 3, "test_a_day_is_compared_with_the_week_before"),
                new Broken("package", CiCheck.PACKAGE, 3, "lib/version.txt"),
                new Broken("package-differs", CiCheck.PACKAGE, 5, "lib/version.txt"),
                new Broken("contract-forgets", CiCheck.CONTRACT, 10, "'sentence' was not written"),
                new Broken("contract-differs", CiCheck.CONTRACT, 10, "step 'train' gave another"),
                new Broken("numeric", CiCheck.NUMERIC, 10, "ZeroDivisionError"),
                new Broken("convergence", CiCheck.CONVERGENCE, 10, "seed 1: 'loss' of step 'train' does not fall"),
                new Broken("convergence-overfit", CiCheck.CONVERGENCE, 10, "it cannot even learn those by heart"),
                new Broken("integration", CiCheck.INTEGRATION, 10, "IndexError"),
                new Broken("own", "own.sentence", 10, "says nothing of"));
    }

    @BeforeAll
    static void start() throws IOException {
        server = CiServer.start(folder.resolve("server"));
        git = Git.init(folder.resolve("copy"));
        lay("healthy");
        git.commit("healthy");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void it_is_refused_by_exactly_the_check_that_should(Broken broken) {
        CiRun run = pushed(broken.folder(), () -> lay(broken.folder()));

        Map<String, CiCheck.State> states = server.states(run.id());
        assertThat(run.refusedBy()).as(states::toString).hasValue(broken.check());
        assertThat(run.because().orElseThrow()).contains(broken.because());
        List<String> made = new ArrayList<>(ALL.subList(0, broken.made()));
        if (!made.contains(broken.check())) {
            made.add(broken.check());
        }
        assertThat(states).containsOnlyKeys(made);
        assertThat(states)
                .allSatisfy((check, state) -> assertThat(state).as(check).isEqualTo(broken.becomes(check)));
    }

    @Test
    void a_link_is_refused_by_the_checkout() {
        CiRun run =
                pushed("checkout", () -> Files.createSymbolicLink(git.folder().resolve("link"), Path.of("/etc")));

        assertThat(run.refusedBy()).hasValue(CiCheck.CHECKOUT);
        assertThat(run.because().orElseThrow()).contains("link");
        assertThat(server.states(run.id())).containsOnlyKeys(CiCheck.CHECKOUT);
    }

    @Test
    void the_healthy_one_passes_all() {
        CiRun run = pushed("main", () -> {});

        assertThat(run.state()).as(() -> run.because().orElse("")).isEqualTo(CiState.PASSED);
        Map<String, CiCheck.State> states = server.states(run.id());
        assertThat(states).containsOnlyKeys(ALL);
        assertThat(states.values()).containsOnly(CiCheck.State.PASSED);
    }

    @Test
    void every_folder_is_tested_and_differs_by_a_line_or_two() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Stream.of("healthy"), broken().map(Broken::folder))
                                    .toList());
        }
        for (Broken broken : broken().toList()) {
            Path of = EXAMPLES.resolve(broken.folder());
            List<Path> files = files(of);
            assertThat(files).as(broken.folder()).hasSize(1);
            List<String> healthy =
                    Files.readAllLines(EXAMPLES.resolve("healthy").resolve(of.relativize(files.getFirst())));
            List<String> lines = Files.readAllLines(files.getFirst());
            assertThat(without(lines, healthy) + without(healthy, lines))
                    .as(broken.folder())
                    .isBetween(1, 2 * MOST_LINES);
        }
    }

    private static int without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left.size();
    }

    private interface Change {
        void make() throws IOException;
    }

    /** The healthy project with a change, on a branch of its own. */
    private static CiRun pushed(String branch, Change change) {
        try {
            git.run("checkout", "-q", "-f", "-B", branch, "main");
            change.make();
            String commit = git.commit(branch);
            git.run("push", "-q", server.url("wards"), branch);
            return server.ended(commit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void lay(String example) throws IOException {
        Path from = EXAMPLES.resolve(example);
        for (Path file : files(from)) {
            Path to = git.folder().resolve(from.relativize(file));
            Files.createDirectories(to.getParent());
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("__pycache__"))
                    .toList();
        }
    }
}
