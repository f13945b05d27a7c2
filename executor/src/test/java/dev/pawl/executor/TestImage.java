package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A container image made of nothing but a busybox of this machine. */
final class TestImage {
    static final String NAME = "localhost/pawl-test:1";
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String TAR = """
        mkdir -p root/bin root/tmp root/empty && cp /bin/busybox root/bin &&
        for tool in $(/bin/busybox --list); do [ -e root/bin/$tool ] || ln -s busybox root/bin/$tool; done &&
        tar -C root -cf image.tar .
        """;

    private TestImage() {}

    /** Makes the image, or skips the tests where that cannot be; on CI they fail then. */
    static void make(Path folder) throws Exception {
        Commands commands = TestExecutors.commands();
        Optional<ContainerEngine> engine =
                ContainerEngine.find(commands, ContainerSettings.from(System.getenv()), folder);
        if (System.getenv("PAWL_CI") == null) {
            assumeTrue(engine.isPresent(), "skipped: podman is missing, install it so: apt-get install podman runc");
            assumeTrue(
                    Files.isExecutable(BUSYBOX),
                    "skipped: busybox-static is missing, install it so: apt-get install busybox-static");
        }
        Answer tar = commands.ask(List.of("sh", "-c", TAR), folder, Duration.ofSeconds(30));
        assertThat(tar.isGood()).as(tar.text()).isTrue();
        Answer made = engine.orElseThrow().ask(commands, folder, "import", "image.tar", NAME);
        assertThat(made.isGood()).as(made.text()).isTrue();
    }
}
