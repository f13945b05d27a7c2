package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A trained model in ONNX form, the one form that every model server reads. Two models are equal when their bytes are.
 */
public final class Model {
    private final byte[] onnx;

    private Model(byte[] onnx) {
        this.onnx = onnx;
    }

    /** @throws IllegalArgumentException when there are no bytes */
    public static Model of(byte[] onnx) {
        if (onnx.length == 0) {
            throw new IllegalArgumentException("A model of no bytes is no ONNX model");
        }
        return new Model(onnx.clone());
    }

    /** @throws UncheckedIOException when the file cannot be read */
    public static Model read(Path file) {
        try {
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the model " + file + ": " + e.getMessage(), e);
        }
    }

    /** @throws UncheckedIOException when the file cannot be written */
    public void write(Path file) {
        try {
            Files.write(file, onnx);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the model " + file + ": " + e.getMessage(), e);
        }
    }

    /** The serialised ONNX ModelProto, a copy. */
    public byte[] bytes() {
        return onnx.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Model model && Arrays.equals(onnx, model.onnx);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(onnx);
    }

    @Override
    public String toString() {
        return "Model[" + onnx.length + " bytes]";
    }
}
