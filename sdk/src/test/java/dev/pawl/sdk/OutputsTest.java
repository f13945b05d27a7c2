package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a step gives must be there and be what it said. */
class OutputsTest {
    @SuppressWarnings("unused")
    static final class Careless {
        @Step
        Path file(Workspace workspace) {
            return workspace.folder().resolve("absent");
        }

        @Step
        @Folder
        Path folder(Workspace workspace) {
            return workspace.folder().resolve("absent");
        }

        @Step
        @Folder
        Path links(Workspace workspace) throws IOException {
            Files.createSymbolicLink(workspace.folder().resolve("link"), Path.of("/etc/hostname"));
            return workspace.folder();
        }

        @Step
        @Nullable
        Model nothing() {
            return null;
        }

        @Step
        List<Report> holes() {
            return Arrays.asList(Report.empty(), null);
        }

        @Step
        double notANumber() {
            return Double.NaN;
        }

        @Step
        List<Integer> odd(@Param(defaultValue = "1") int one) {
            return List.of(one, 3, 5);
        }

        @Step
        long most() {
            return Long.MAX_VALUE;
        }
    }

    @Test
    void what_is_not_there_or_cannot_be_kept_fails_the_step() {
        assertThat(failure("file")).contains("The step returned the path", "absent, where there is no file");
        assertThat(failure("folder")).contains("absent, where there is no folder");
        assertThat(failure("links")).contains("link, which is no regular file: give files only");
        assertThat(failure("nothing")).isEqualTo("it returned null, not a Model");
        assertThat(failure("holes")).isEqualTo("Element 1 of the list is null");
        assertThat(failure("notANumber")).isEqualTo("The step gave the value NaN: give finite ones only");
    }

    @Test
    void the_elements_of_a_list_are_numbered_files() throws IOException {
        Path list = StepTest.of(Careless.class, "odd").run().output(Path.class);

        try (var files = Files.list(list)) {
            assertThat(files.map(file -> list.relativize(file).toString()))
                    .containsExactlyInAnyOrder("000000.json", "000001.json", "000002.json");
        }
        assertThat(list.resolve("000002.json")).hasContent("5");
    }

    @Test
    void long_values_keep_every_digit() {
        assertThat(StepTest.of(Careless.class, "most").run().output(long.class)).isEqualTo(Long.MAX_VALUE);
    }

    private static String failure(String step) {
        return String.valueOf(StepTest.of(Careless.class, step).runToFailure().getMessage());
    }
}
