package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.kernel.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A container image made of nothing but a busybox of this machine. */
public final class TestImage {
    private static final String NAME = "localhost/pawl-test";
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String TAR = """
        mkdir -p root/bin root/tmp root/empty && cp /bin/busybox root/bin &&
        for tool in $(/bin/busybox --list); do [ -e root/bin/$tool ] || ln -s busybox root/bin/$tool; done &&
        tar -C root --owner=0 --group=0 -cf image.tar .
        """;

    private TestImage() {}

    /** The image, made if it is not there; skips the tests where that cannot be, but on CI they fail then. */
    public static Image make(Path folder) throws Exception {
        Commands commands = TestExecutors.commands();
        Optional<ContainerEngine> engine =
                ContainerEngine.find(commands, ContainerSettings.from(System.getenv()), folder);
        if (System.getenv("PAWL_CI") == null) {
            assumeTrue(engine.isPresent(), "skipped: podman is missing, install it so: apt-get install podman runc");
            assumeTrue(
                    Files.isExecutable(BUSYBOX),
                    "skipped: busybox-static is missing, install it so: apt-get install busybox-static");
        }
        assertThat(engine).as("PAWL_CI is set: podman or docker must work").isPresent();
        return make(commands, engine.get(), folder);
    }

    /** The same by name and digest, as pawl.yaml wants it; only Podman knows it so. */
    public static String named(Path folder) throws Exception {
        Image made = make(folder);
        Commands commands = TestExecutors.commands();
        ContainerEngine engine = ContainerEngine.find(commands, ContainerSettings.from(System.getenv()), folder)
                .orElseThrow();
        assumeTrue(engine.isPodman(), "skipped: docker knows no digest of an image that was never pulled");
        Answer digest = engine.ask(
                commands,
                folder,
                "image",
                "inspect",
                "--format",
                "{{.Digest}}",
                made.reference().replace("sha256:", ""));
        assertThat(digest.isGood()).as(digest.text()).isTrue();
        return NAME + "@" + digest.text().strip();
    }

    private static Image make(Commands commands, ContainerEngine engine, Path folder) throws Exception {
        MessageDigest content = Digest.sha256();
        content.update(Files.readAllBytes(BUSYBOX));
        String name = NAME + ":" + Digest.of(content).brief();
        Answer known = inspect(commands, engine, folder, name);
        return known.isGood() ? pinned(known) : makeNew(commands, engine, folder, name);
    }

    private static Image makeNew(Commands commands, ContainerEngine engine, Path folder, String name) throws Exception {
        Answer tar = commands.ask(List.of("sh", "-c", TAR), folder, Duration.ofSeconds(30));
        assertThat(tar.isGood()).as(tar.text()).isTrue();
        Answer made = engine.ask(commands, folder, "import", "image.tar", name);
        assertThat(made.isGood()).as(made.text()).isTrue();
        return pinned(inspect(commands, engine, folder, name));
    }

    private static Answer inspect(Commands commands, ContainerEngine engine, Path folder, String name)
            throws Exception {
        return engine.ask(commands, folder, "image", "inspect", "--format", "{{.Id}}", name);
    }

    /** An image that was never pulled has no digest that every engine knows, but an id, which is one of its content too. */
    private static Image pinned(Answer id) {
        return new Image("sha256:" + id.text().replace("sha256:", ""), false);
    }
}
