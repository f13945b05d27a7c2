package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/** A pipeline with every kind of input, parameter and output; the steps are declared out of order on purpose. */
final class Pizza {
    @Step
    Report taste(Path slice, Model oven, Table dough, Metrics metrics) {
        metrics.log("taste", 1, dough.rows());
        return Report.empty().with("bytes", oven.bytes().length).with("slice", content(slice));
    }

    @Step
    Table dough(
            @Source("flour") Path csv,
            @Param(min = 1, max = 10, defaultValue = "2") int rows,
            @Param(defaultValue = "9000000000") long yeast,
            @Param(min = 0) double salt,
            @Param(defaultValue = "wheat") String kind,
            @Param(defaultValue = "false") boolean wholemeal) {
        return Table.read(csv).first(rows).with("note", Collections.nCopies(rows, kind + yeast + salt + wholemeal));
    }

    @Step
    Model oven(Table dough, Metrics metrics, @Param(defaultValue = "fine") String fate) {
        return switch (fate) {
            case "burnt" -> throw new IllegalStateException("the oven is on fire");
            case "nan" -> {
                metrics.log("heat", 3, Double.NaN);
                yield Model.of(new byte[1]);
            }
            default -> Model.of(new byte[dough.rows()]);
        };
    }

    @Step
    Path slice(Model oven) {
        try {
            return Files.writeString(Files.createTempFile("slice", ""), "slice of " + oven.bytes().length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
