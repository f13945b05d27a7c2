package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TracedReadsTest {
    private static final Path HOME = Path.of("/home/ada");
    private static final Path FOLDER = Path.of("/var/pawl/attempt");

    private final TracedReads reads = new TracedReads(new ReadablePlaces(HOME, Stream.of(FOLDER)), FOLDER);

    private List<String> seen(String... lines) {
        byte[] text = String.join("\n", List.of(lines)).concat("\n").getBytes(StandardCharsets.UTF_8);
        for (byte each : text) {
            reads.write(new byte[] {each}, 1);
        }
        return reads.observed().reads().stream()
                .map(read -> read.kind() + " " + read.what())
                .toList();
    }

    private static String open(String file, String flags) {
        return "7 openat(AT_FDCWD</x>, \"x\", %s) = 3<%s>".formatted(flags, file);
    }

    private static String read(String file) {
        return open(file, "O_RDONLY|O_CLOEXEC");
    }

    @Test
    void its_own_folder_and_the_system_are_no_undeclared_reads() {
        assertThat(seen(
                        read("/var/pawl/attempt/inputs/a.csv"),
                        read("/usr/lib/libc.so.6"),
                        read("/etc/passwd"),
                        read("/var/pawl/attempt-2/a.csv"),
                        read("/srv/a.csv"),
                        read("/srv/a.csv")))
                .containsExactly("FILE /var/pawl/attempt-2/a.csv", "FILE /srv/a.csv");
    }

    @Test
    void a_program_may_read_what_it_is_installed_with() {
        assertThat(seen(
                        read("/opt/conda/lib/python3.12/os.py"),
                        "7 execve(\"/opt/conda/bin/python\", [\"python\"], 0x7 /* 2 vars */) = 0",
                        read("/opt/conda/lib/python3.12/json.py"),
                        "7 execve(\"/home/ada/bin/tool\", [\"tool\"], 0x7 /* 2 vars */) = 0",
                        read("/home/ada/bin/tool"),
                        read("/home/ada/data.csv"),
                        "7 execve(\"/srv/bin/tool\", [\"tool\"], 0x7 /* 2 vars */) = 0",
                        read("/srv/data.csv"),
                        "7 execve(\"/srv/run.sh\", [\"run.sh\"], 0x7 /* 2 vars */) = 0",
                        read("/srv/run.sh")))
                .containsExactly(
                        "FILE /opt/conda/lib/python3.12/os.py",
                        "FILE /home/ada/data.csv",
                        "FILE /srv/data.csv",
                        "FILE /srv/run.sh");
    }

    @Test
    void what_it_made_itself_it_may_read() {
        assertThat(seen(
                        open("/tmp/new", "O_RDWR|O_CREAT|O_EXCL, 0600"),
                        read("/tmp/new"),
                        open("/tmp/old", "O_WRONLY|O_APPEND"),
                        read("/tmp/old"),
                        "7 bind(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"/tmp/own\"}, 110) = 0",
                        "7 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"/tmp/own\"}, 110) = 0"))
                .containsExactly("FILE /tmp/old");
    }

    @Test
    void the_network_is_told_also_where_it_does_not_answer_and_sockets_where_they_do() {
        assertThat(seen(
                        "7 connect(3<s>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"10.0.0.1\")},"
                                + " 16) = -1 ENETUNREACH (x)",
                        "7 connect(3<s>, {sa_family=AF_UNIX, sun_path=\"/run/docker.sock\"}, 110) = 0",
                        "7 connect(3<s>, {sa_family=AF_UNIX, sun_path=\"/run/postgresql/.s\"}, 110) = -1 ENOENT (x)",
                        "7 connect(3<s>, {sa_family=AF_UNIX, sun_path=\"/var/run/nscd/socket\"}, 110) = 0",
                        "7 connect(3<s>, {sa_family=AF_UNIX, sun_path=\"/var/pawl/attempt/work/x\"}, 110) = 0",
                        "7 connect(3<s>, {sa_family=AF_UNIX, sun_path=\"x.sock\"}, 110) = 0"))
                .containsExactly("NETWORK 10.0.0.1:53", "NETWORK /run/docker.sock");
    }

    @Test
    void there_are_a_hundred_at_the_most_and_lines_without_end_are_borne() {
        String[] many = Stream.iterate(0, i -> i + 1)
                .limit(150)
                .map(i -> read("/srv/" + i))
                .toArray(String[]::new);

        assertThat(seen(many)).hasSize(100);
        assertThat(reads.observed().unseen()).contains("more than 100 reads");
        assertThat(seen("x".repeat(1_000_000), read("/srv/0"))).hasSize(100);
    }
}
