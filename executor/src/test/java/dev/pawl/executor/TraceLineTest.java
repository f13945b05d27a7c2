package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.TraceLine.Address;
import dev.pawl.executor.TraceLine.Began;
import dev.pawl.executor.TraceLine.Bound;
import dev.pawl.executor.TraceLine.Connected;
import dev.pawl.executor.TraceLine.Opened;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as strace 6.1 writes them. */
class TraceLineTest {
    @Test
    void an_opened_file_has_its_real_path_and_its_flags() {
        assertThat(TraceLine.of("71 openat(AT_FDCWD</tmp/x>, \"a, \\\"O_WRONLY\", O_RDONLY|O_CLOEXEC) = 3</srv/data/a,"
                        + " \\\"O_WRONLY>"))
                .contains(new Opened(Path.of("/srv/data/a, \"O_WRONLY"), ", O_RDONLY|O_CLOEXEC"));
        assertThat(TraceLine.of("71 open(\"/x\", O_RDONLY) = 3</y>(deleted)"))
                .contains(new Opened(Path.of("/y"), ", O_RDONLY"));
        assertThat(TraceLine.of("71 openat2(AT_FDCWD</t>, \"/x\", {flags=O_RDONLY, resolve=0}, 24) = 3</x>"))
                .contains(new Opened(Path.of("/x"), ", {flags=O_RDONLY, resolve=0}, 24"));
    }

    @Test
    void letters_beyond_ascii_come_byte_by_byte() {
        assertThat(TraceLine.of("7 openat(AT_FDCWD</t>, \"\\303\\251\\n"
                        + "\\0741\\76\", O_RDONLY) = 12</t/\\303\\251\\n"
                        + "\\0741\\76>"))
                .contains(new Opened(Path.of("/t/é\n<1>"), ", O_RDONLY"));
    }

    @Test
    void what_is_written_new_is_told_from_what_is_read() {
        assertThat(new Opened(Path.of("/x"), ", O_WRONLY|O_CREAT|O_TRUNC, 0666"))
                .matches(Opened::isNew);
        assertThat(new Opened(Path.of("/x"), ", O_RDWR|O_CREAT|O_EXCL, 0600")).matches(Opened::isNew);
        assertThat(new Opened(Path.of("/x"), ", O_RDWR|O_CREAT, 0600")).matches(Opened::isRead);
        assertThat(new Opened(Path.of("/x"), ", O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY"))
                .matches(opened -> !opened.isRead());
    }

    @Test
    void addresses_are_those_of_the_network_and_of_sockets_of_the_machine() {
        assertThat(TraceLine.of("7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(443),"
                        + " sin_addr=inet_addr(\"10.0.0.1\")}, 16) = -1 EINPROGRESS (Operation now in progress)"))
                .contains(new Connected(new Address(true, "10.0.0.1:443"), true));
        assertThat(TraceLine.of(
                        "7 connect(3<socket:[1]>, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0),"
                                + " inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}, 28)"
                                + " = -1 ECONNREFUSED (Connection refused)"))
                .contains(new Connected(new Address(true, "[::1]:80"), false));
        assertThat(TraceLine.of("7 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"/run/x\"}, 110) = 0"))
                .contains(new Connected(new Address(false, "/run/x"), true));
        assertThat(TraceLine.of("7 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=@\"x\"}, 20) = 0"))
                .contains(new Connected(new Address(false, "@x"), true));
        assertThat(TraceLine.of("7 bind(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"/tmp/x\"}, 110) = 0"))
                .contains(new Bound(new Address(false, "/tmp/x")));
    }

    @Test
    void a_program_that_began_is_told() {
        assertThat(TraceLine.of("7 execve(\"/usr/bin/cat\", [\"cat\", \"a\"], 0x7 /* 2 vars */) = 0"))
                .contains(new Began(Path.of("/usr/bin/cat")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7 +++ exited with 0 +++",
                "7 openat(AT_FDCWD</t>, \"x\", O_RDONLY) = -1 ENOENT (No such file or directory)",
                "7 openat(AT_FDCWD</t>, \"x\", O_RDONLY) = 3",
                "7 openat(AT_FDCWD</t>, \"x\", O_RDONLY) = 3<pipe:[1]>",
                "7 openat(AT_FDCWD</t>, \"x\", O_RDONLY) = 3</a\\0b>",
                "7 execve(\"./run.sh\", [\"./run.sh\"], 0x7 /* 2 vars */) = 0",
                "7 execve(\"/no\", [\"/no\"], 0x7 /* 2 vars */) = -1 ENOENT (No such file or directory)",
                "7 connect(3<socket:[1]>, {sa_family=AF_UNSPEC, sa_data=\"\\0\"}, 16) = 0",
                "7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"1.1.1.1\")}, 16)"
                        + " = 0",
                "7 openat(\"((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
                "nonsense \\",
            })
    void other_lines_tell_nothing(String line) {
        assertThat(TraceLine.of(line)).isEmpty();
    }
}
