package dev.pawl.pipeline;

import dev.pawl.definition.Definition.DataSource;
import dev.pawl.executor.Folders;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A source of data as it was known at a moment: the rows whose event time plus the source's delay is not after it, in the
 * order of the file. A date stands for its first instant in UTC.
 *
 * @param name the source's, for errors
 */
record Snapshot(String name, DataSource source, Instant asOf, Optional<Integer> sample) {

    /**
     * Writes the rows to a new file, with the header.
     *
     * @param file the source's, resolved
     * @throws dev.pawl.kernel.PawlException naming file and line where the data is not what pawl.yaml says
     */
    void write(Path file, Path target) {
        try (CsvReader in = CsvReader.open(file, source.path());
                Writer out = Files.newBufferedWriter(target)) {
            out.append(in.headerText()).append('\n');
            if (copy(in, out) == 0) {
                throw in.bad(
                        1,
                        "no row of source '%s' is known at %s".formatted(name, asOf)
                                + "; ask for a later moment, or check the source's path, time and delay in pawl.yaml");
            }
        } catch (IOException e) {
            throw Folders.trouble("write " + target, e);
        }
    }

    /** How many rows there are. */
    long count(Path file) {
        try (CsvReader in = CsvReader.open(file, source.path());
                Writer nowhere = Writer.nullWriter()) {
            return copy(in, nowhere);
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        }
    }

    /** Returns the number of rows. */
    private long copy(CsvReader in, Writer out) throws IOException {
        OptionalInt time = source.time().map(in::column).map(OptionalInt::of).orElse(OptionalInt.empty());
        long most = sample.map(Integer::longValue).orElse(Long.MAX_VALUE);
        long rows = 0;
        for (var next = in.next(); next.isPresent() && rows < most; next = in.next()) {
            CsvReader.Row row = next.get();
            if (time.isEmpty() || isKnown(in, row, time.getAsInt())) {
                out.append(row.text()).append('\n');
                rows++;
            }
        }
        return rows;
    }

    private boolean isKnown(CsvReader in, CsvReader.Row row, int column) {
        try {
            return !instant(row.fields().get(column)).plus(source.delay()).isAfter(asOf);
        } catch (DateTimeException e) {
            throw in.bad(
                    row.line(),
                    "'%s' in column '%s' is neither a date (1970-01-31) nor an instant (1970-01-31T06:00:00Z)"
                            .formatted(row.fields().get(column), in.header().get(column)));
        }
    }

    private static Instant instant(String text) {
        return text.indexOf('T') < 0
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
    }
}
