package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MarkTest {
    private static final int LOOKS = 20_000;

    /** It becomes another program all the time; each time its variables are gone for a moment. */
    @Test
    void is_seen_while_the_process_begins_another_program() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", "again='exec sh -c \"$again\"'; export again; eval \"$again\"");
        builder.environment().put(Mark.VARIABLE, "this-one");
        Process process = builder.start();
        try {
            for (int look = 0; look < LOOKS; look++) {
                assertThat(Mark.of(process.pid())).isEqualTo(new Mark("this-one"));
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
