package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.SecretName;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was typed wrong is told with what to type instead, and changes nothing. */
class CommandMistakesTest {
    @TempDir
    Path folder;

    @Test
    void in_a_folder_without_a_project_nothing_is_made() throws Exception {
        Path below = Files.createDirectories(folder.resolve("project/src"));
        for (String command : new String[] {"run", "run --watch", "sweep any"}) {
            String line = command + " --project " + below;
            assertThat(pawl(2, line.split(" "))).contains("no pawl.yaml in " + below);
        }
        Files.writeString(folder.resolve("project/pawl.yaml"), "project: above\n");
        assertThat(pawl(2, "run", "--project", below.toString()))
                .contains("there is one in " + folder.resolve("project"));
        assertThat(pawl(2, "gc", "--dry-run", "--project", below.toString()))
                .contains("Nothing was run", "'pawl run' does, and --server URL asks a server");
        assertThat(below).isEmptyDirectory();
    }

    @Test
    void what_is_no_command_or_option_is_told_in_one_line() {
        assertThat(pawl(2, "rnu"))
                .isEqualTo("pawl: There is no command 'rnu'; did you mean 'run'? See 'pawl --help'.%n".formatted());
        assertThat(pawl(2, "run", "--parm=x"))
                .isEqualTo("pawl: There is no option '--parm'; did you mean '--param'? See 'pawl run --help'.%n"
                        .formatted());
        assertThat(pawl(2, "secret", "lst")).contains("did you mean 'list'? See 'pawl secret --help'.");
        assertThat(pawl(2, "show"))
                .isEqualTo("pawl: Missing required parameter: 'RUN'. See 'pawl show --help'.%n".formatted());
        assertThat(pawl(2, "runs", "--where", "state", "==", "failed"))
                .contains("'== failed'; quote what belongs together");
        assertThat(pawl(2)).contains("Usage: pawl", "Examples:");
        assertThat(pawl(2, "run", "--param", "n"))
                .isEqualTo(
                        "pawl: Option '--param' wants STEP.NAME=VALUE, not 'n'. See 'pawl run --help'.%n".formatted());
        assertThat(pawl(2, "run", "--pool", "x")).contains("Option '--pool' wants NAME=PLACES, not 'x'.");
        assertThat(pawl(2, "help", "nosuch"))
                .isEqualTo("pawl: There is no command 'nosuch'. See 'pawl --help'.%n".formatted());
        assertThat(pawl(2, "help", "rnu")).contains("'rnu'; did you mean 'run'? See");
        assertThat(pawl(2, "compare", "run-x", "--project", folder.toString())).contains("two runs or more");
    }

    @Test
    void moments_and_spans_are_looked_at_before_anybody_is_asked() {
        String[] backfill = "backfill births --to 1971-12-31 --every 7d --from".split(" ");
        assertThat(pawl(
                        2,
                        Stream.concat(Stream.of(backfill), Stream.of("1971-13-01"))
                                .toArray(String[]::new)))
                .contains("'--from'", "not '1971-13-01'");
        assertThat(pawl(2, "backfill", "births", "--from", "1971-01-01", "--to", "1971-12-31", "--every", "week"))
                .contains("--every wants a number with m, h, d or w");
        assertThat(pawl(2, "run", "--as-of", "yesterday")).contains("'--as-of'", "not 'yesterday'");
    }

    @Test
    void a_working_copy_and_a_server_exclude_each_other() {
        for (String command : new String[] {"gc", "pin run-0", "lineage run-0", "fetch run-0 step"}) {
            assertThat(pawl(2, (command + " --server http://127.0.0.1:1 --project " + folder).split(" ")))
                    .contains("--project or --server");
        }
    }

    @Test
    void a_project_is_named_by_its_folder() throws Exception {
        Path file = Files.writeString(folder.resolve("pawl.yaml"), "project: above\n");
        assertThat(pawl(2, "run", "--project", file.toString()))
                .contains("wants the folder of a project", file + " is none");
        assertThat(pawl(2, "runs", "--project", folder + "/nowhere")).contains("there is no " + folder + "/nowhere");
    }

    @Test
    void where_there_is_nothing_yet_it_is_said_what_to_do() {
        String[] here = {"--project", folder.toString()};
        assertThat(pawl(0, "runs", here[0], here[1]))
                .contains("pawl: nothing was run here yet; 'pawl run' does, and --server");
        assertThat(pawl(0, "sweeps", here[0], here[1])).contains("'pawl sweep NAME'");
        assertThat(pawl(0, "secret", "list", "--folder", folder.toString())).contains("'pawl secret set NAME'");
        assertThat(json(0, "runs", here[0], here[1])).isEmpty();
        assertThat(json(0, "sweeps", here[0], here[1])).isEmpty();
    }

    @Test
    void what_a_step_needs_of_the_machine_is_looked_for_before_the_run() throws Exception {
        Files.writeString(folder.resolve("pawl.yaml"), """
            project: needy
            pipeline:
              steps:
                first: { run: 'date > first' }
                second: { run: 'cat "$PAWL_INPUTS/n.csv"', inputs: { n: data.n }, secrets: { KEY: the-key } }
            data: { n: { path: %s/n.csv, time: day } }
            """.formatted(folder));
        String[] run = {"run", "--project", folder.toString()};

        assertThat(pawl(2, run)).contains("Step 'second' cannot run", "'the-key'", "pawl secret set");
        SecretFolder.in(folder.resolve(".pawl"), Clock.system(), Ids.system())
                .set(new SecretName(Optional.empty(), "the-key"), "value");
        assertThat(pawl(2, run)).contains("Step 'second' cannot run", "n.csv of its data 'n' is not there");
        Files.writeString(folder.resolve("n.csv"), "date,n\n1971-01-01,1\n");
        assertThat(pawl(2, run)).contains("no column 'day'");
        assertThat(pawl(0, "runs", "--project", folder.toString())).contains("nothing was run");
    }

    @Test
    void addresses_ports_and_items_that_cannot_be_are_refused() {
        assertThat(pawl(2, "facts", "--server", "foo")).contains("--server wants an address", "'foo'");
        assertThat(pawl(1, "facts", "--server", "http://127.0.0.1:1"))
                .contains("No Pawl server answers at http://127.0.0.1:1/. Start one");
        assertThat(pawl(1, "facts", "--server", "http://nobody.invalid:1")).contains("(there is no such host)");
        assertThat(pawl(2, "facts", "--server", "ftp://somewhere")).contains("--server wants an address");
        assertThat(pawl(2, "up", "--port", "99999", "--folder", folder.toString()))
                .contains("0 (any) to 65535");
        assertThat(pawl(2, "why", "train", "--item", "-1", "--project", folder.toString()))
                .contains("numbered from 0");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_server_that_cannot_listen_or_has_no_folder_leaves_nothing() throws Exception {
        String[] there = {"up", "--folder", folder.resolve("new").toString(), "--port"};
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(pawl(2, there[0], there[1], there[2], there[3], port))
                    .contains("Port " + port, "cannot be used");
        }
        assertThat(pawl(2, there[0], there[1], there[2], there[3], "0", "--host", "nobody.invalid"))
                .contains("--host wants an address of this machine, and there is no host 'nobody.invalid'");
        assertThat(folder).isEmptyDirectory();
        Files.createFile(folder.resolve("new"));
        assertThat(pawl(1, there[0], there[1], there[2], there[3], "0"))
                .contains("Cannot use the folder " + folder.resolve("new") + ": it is a file. Choose another one.");
    }

    @Test
    void a_list_has_as_many_as_can_be() {
        String[] here = {"--project", folder.toString()};
        for (String last : new String[] {"0", "-1"}) {
            assertThat(pawl(2, "runs", "--last", last, here[0], here[1])).contains("from 1 to 10000, not " + last);
            assertThat(pawl(2, "sweeps", "--last", last, here[0], here[1])).contains("from 1 to 200, not " + last);
            assertThat(pawl(2, "facts", "--last", last)).contains("from 1 to 1000, not " + last);
        }
        assertThat(pawl(2, "facts", "--last", "5000")).contains("from 1 to 1000, not 5000");
    }

    @Test
    void a_step_of_another_pool_runs_where_there_is_one() throws Exception {
        Files.writeString(folder.resolve("pawl.yaml"), """
            project: pools
            pipeline:
              steps:
                small: { run: echo 1 }
                big: { run: 'echo 1 > "$PAWL_OUTPUTS/out"; test -e %s', outputs: { out: file }, pool: gpu, parameters: { x: 1.0 } }
            sweeps: { s: { search: random, trials: 1, metric: big.x, goal: min, parameters: { big.x: { min: 0, max: 1 } } } }
            """.formatted(folder.resolve("door")));

        String[] here = {"--project", folder.toString()};
        for (String command : new String[] {"run", "sweep s"}) {
            assertThat(pawl(2, (command + " --project " + folder).split(" ")))
                    .contains("Step 'big' cannot run", "pool 'gpu'", "--pool gpu=N");
        }
        assertThat(json(0, "runs", here[0], here[1])).isEmpty();
        pawl(0, "run", "--only", "small", here[0], here[1]);
        assertThat(pawl(2, "run", "--pool", "gpu=0", "--project", folder.toString()))
                .contains("a pool has 1 to 10000 places");
        String failed =
                json(1, "run", "--pool", "gpu=1", here[0], here[1]).path("run").stringValue();
        for (String command : new String[] {"resume", "reproduce"}) {
            assertThat(pawl(2, command, failed, here[0], here[1])).contains("--pool gpu=N");
        }
        assertThat(json(0, "runs", here[0], here[1])).hasSize(2);
        Files.createFile(folder.resolve("door"));
        assertThat(pawl(0, "resume", failed, "--pool", "gpu=1", here[0], here[1]))
                .contains("SUCCEEDED");
        assertThat(folder.resolve(".pawl/.gitignore")).hasContent("*");
    }
}
