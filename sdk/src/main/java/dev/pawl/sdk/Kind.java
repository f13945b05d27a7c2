package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of thing passes from step to step. */
enum Kind {
    TABLE(Table.class) {
        @Override
        Object read(Path file) {
            return Table.read(file);
        }

        @Override
        void write(Object value, Path file) {
            ((Table) value).write(file);
        }
    },
    MODEL(Model.class) {
        @Override
        Object read(Path file) {
            return Model.read(file);
        }

        @Override
        void write(Object value, Path file) {
            ((Model) value).write(file);
        }
    },
    REPORT(Report.class) {
        @Override
        Object read(Path file) {
            return Report.read(file);
        }

        @Override
        void write(Object value, Path file) {
            ((Report) value).write(file);
        }
    },
    FILE(Path.class) {
        @Override
        Object read(Path file) {
            return file;
        }

        @Override
        void write(Object value, Path file) {
            copy((Path) value, file);
        }
    };

    private final Class<?> type;

    Kind(Class<?> type) {
        this.type = type;
    }

    static Optional<Kind> of(Class<?> type) {
        return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
    }

    Class<?> type() {
        return type;
    }

    /** Its name in the contract. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract Object read(Path file);

    abstract void write(Object value, Path file);

    private static void copy(Path from, Path to) {
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
