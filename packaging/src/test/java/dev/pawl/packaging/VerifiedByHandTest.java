package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/packages.md says that anybody can do without Pawl. */
class VerifiedByHandTest {
    private static final Path PAGE = Path.of("../docs/packages.md");

    @TempDir
    Path folder;

    private final Commands commands = new Commands(Clock.system(), Path.of(System.getProperty("java.home")));

    @BeforeEach
    void tools() throws Exception {
        if (System.getenv("PAWL_CI") == null) {
            assumeTrue(
                    run("jq --version && openssl pkeyutl -help 2>&1 | grep rawin")
                            .succeeded(),
                    "skipped: jq or OpenSSL 3 is missing, install them so: apt-get install jq openssl");
        }
    }

    @Test
    void the_commands_of_the_page_verify_an_export() throws Exception {
        export();
        Commands.Result result = run("set -e\n" + script());
        assertThat(result.succeeded()).as(result.tail()).isTrue();
        assertThat(folder.resolve("log.txt")).content().contains("Signature Verified Successfully");
    }

    @Test
    void they_find_another_statement_and_another_file() throws Exception {
        export();
        String other =
                script().replace("| base64 -d > statement.json", "| base64 -d | sed s/main/evil/ > statement.json");
        assertThat(other).isNotEqualTo(script());
        assertThat(run("set -e\n" + other).succeeded()).isFalse();

        Commands.Result changed = run("rm -r births; set -e\n"
                + script().replaceFirst("&& cd births", "&& cd births && echo x >> files/pawl.yaml"));
        assertThat(changed.tail()).contains("files/pawl.yaml: FAILED");
    }

    private void export() throws Exception {
        try (Built built = new Built(folder)) {
            built.export(built.build(), true);
            Files.writeString(
                    folder.resolve("server.pem"), built.packaging.key().pem());
        }
    }

    private static String script() throws Exception {
        return Files.readString(PAGE)
                .split("### By hand")[1]
                .split("```sh\n")[1]
                .split("```")[0];
    }

    private Commands.Result run(String script) throws InterruptedException {
        return commands.run(
                Commands.Command.shell(script, folder, Map.of(), folder.resolve("log.txt"), Duration.ofMinutes(1)));
    }
}
