package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
    @TempDir
    Path folder;

    @Test
    void a_model_is_its_bytes() {
        byte[] bytes = {1, 2, 3};
        Model model = Model.of(bytes);
        bytes[0] = 9;
        model.write(folder.resolve("model.onnx"));

        assertThat(Model.read(folder.resolve("model.onnx")))
                .isEqualTo(model)
                .isEqualTo(Model.of(new byte[] {1, 2, 3}))
                .isNotEqualTo(Model.of(bytes));
    }

    @Test
    void nothing_is_no_model() {
        assertThatThrownBy(() -> Model.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Model.read(folder.resolve("absent.onnx")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent.onnx");
    }
}
