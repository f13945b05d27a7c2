package dev.pawl.serving;

import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The tiny models that lie beside the tests; {@code models.py} there makes them. {@code births-1} to {@code births-3} answer
 * {@code 10 day + lag_14 + 1000 version}, so that an answer tells who gave it.
 */
final class Models {
    static final ModelName BIRTHS = new ModelName("births");

    private Models() {}

    static byte[] onnx(String name) {
        try (InputStream in = Models.class.getResourceAsStream(name + ".onnx")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] births(int version) {
        return onnx("births-" + version);
    }

    static ModelVersion version(int number) {
        return new ModelVersion(BIRTHS, number);
    }

    /** A request for one row, {@code day} and {@code lag_14}. */
    static String row(double day, double lag) {
        return """
            {"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[%s,%s]}]}\
            """.formatted(day, lag);
    }
}
