package dev.pawl.store;

import dev.pawl.kernel.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The row a query stands on. Only good inside the function it is given to. */
public final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public String text(String column) {
        String value = get(() -> results.getString(column));
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }

    public <T> T id(String column, Function<String, T> type) {
        return type.apply(text(column));
    }

    public <E extends Enum<E>> E value(String column, Class<E> type) {
        return Enum.valueOf(type, text(column));
    }

    public Optional<String> optionalText(String column) {
        return Optional.ofNullable(get(() -> results.getString(column)));
    }

    public long number(String column) {
        return value(() -> results.getLong(column));
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public double real(String column) {
        return value(() -> results.getDouble(column));
    }

    public boolean flag(String column) {
        return number(column) != 0;
    }

    public Optional<Double> optionalReal(String column) {
        return optionalText(column).map(Double::valueOf);
    }

    public Instant instant(String column) {
        return Instant.ofEpochMilli(number(column));
    }

    public Optional<Instant> optionalInstant(String column) {
        return optionalText(column).map(Long::valueOf).map(Instant::ofEpochMilli);
    }

    public <T> T json(String column, Class<T> type) {
        return Json.read(text(column), type);
    }

    private interface Read<T extends @Nullable Object> {
        T read() throws SQLException;
    }

    private static @Nullable String get(Read<@Nullable String> read) {
        try {
            return read.read();
        } catch (SQLException e) {
            throw new SqlFailure(e, "reading a column");
        }
    }

    private static <T> T value(Read<T> read) {
        try {
            return read.read();
        } catch (SQLException e) {
            throw new SqlFailure(e, "reading a column");
        }
    }
}
