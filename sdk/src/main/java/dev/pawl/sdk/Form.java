package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How a thing that passes from step to step is seen in Java.
 *
 * @param type the class; of scalars the primitive one where there is one
 */
record Form(Kind kind, Class<?> type) {
    static final String ALLOWED = "Table, Model, Report, Path, a record, int, long, double, boolean or String";

    static Optional<Form> of(Type type) {
        Optional<Scalar> scalar = Scalar.of(type);
        if (scalar.isPresent()) {
            return Optional.of(new Form(Kind.VALUE, scalar.get().type()));
        }
        return type instanceof Class<?> known ? kind(known).map(kind -> new Form(kind, known)) : Optional.empty();
    }

    private static Optional<Kind> kind(Class<?> type) {
        if (type.equals(Table.class)) {
            return Optional.of(Kind.TABLE);
        } else if (type.equals(Model.class)) {
            return Optional.of(Kind.MODEL);
        } else if (type.equals(Report.class)) {
            return Optional.of(Kind.REPORT);
        } else if (type.equals(Path.class)) {
            return Optional.of(Kind.FILE);
        }
        return type.isRecord() && !RunParts.isOne(type) ? Optional.of(Kind.RECORD) : Optional.empty();
    }

    static Form folder() {
        return new Form(Kind.FOLDER, Path.class);
    }

    /** Whether what is given in the other form can be taken in this one: a path is the bare file or folder of anything. */
    boolean takes(Form given) {
        return kind == Kind.FILE || equals(given);
    }

    /** Its name in Java. */
    String word() {
        return type.getSimpleName();
    }

    /** A word with its article. */
    static String a(String word) {
        return ("AEIOUaeiou".indexOf(word.charAt(0)) < 0 ? "a " : "an ") + word;
    }

    /** A list of such things, in Java. */
    String listWord() {
        return "List<"
                + Scalar.of(type).<Class<?>>map(Scalar::boxed).orElse(type).getSimpleName() + ">";
    }

    /**
     * @throws IllegalArgumentException when the file holds something else
     * @throws UncheckedIOException when it cannot be read
     */
    Object read(Path file) {
        return switch (kind) {
            case TABLE -> Table.read(file);
            case MODEL -> Model.read(file);
            case REPORT -> Report.read(file);
            case RECORD -> RecordReader.read(type, file);
            case VALUE -> readValue(file);
            case FILE, FOLDER -> file;
        };
    }

    private Object readValue(Path file) {
        Object json = Json.read(file);
        Scalar scalar = Scalar.of(type).orElseThrow();
        return scalar.of(json)
                .orElseThrow(() -> new IllegalArgumentException(
                        file + ": must be of type " + scalar.word() + ", but is " + Json.write(json)));
    }

    /**
     * @throws ContractException when the value is not one that can be kept
     * @throws UncheckedIOException when it cannot be written
     */
    void write(Object value, Path file) {
        switch (kind) {
            case TABLE -> writeTable((Table) value, file);
            case MODEL -> ((Model) value).write(file);
            case REPORT -> ((Report) value).write(file);
            case RECORD -> Json.write(RecordWriter.write((Record) value), file);
            case VALUE -> Json.write(finite(value), file);
            case FILE -> copyFile((Path) value, file);
            case FOLDER -> Folders.copy((Path) value, file);
        }
    }

    private static void writeTable(Table table, Path file) {
        if (table.rows() == 0) {
            throw new ContractException("The step gave a table without rows; it has the columns " + table.columns());
        }
        table.write(file);
    }

    private static Object finite(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new ContractException("The step gave the value " + value + ": give finite ones only");
        }
        return value;
    }

    private static void copyFile(Path from, Path to) {
        if (!Files.isRegularFile(from)) {
            throw new ContractException("The step returned the path " + from + ", where there is no file");
        }
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + from + " to " + to + ": " + e, e);
        }
    }
}
