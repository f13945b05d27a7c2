package dev.pawl.store;

import dev.pawl.kernel.Id;
import dev.pawl.kernel.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One open transaction. Belongs to the thread that runs it and ends with the function it was given to.
 *
 * <p>Arguments may be text, numbers, booleans (0 or 1), {@link Instant} (milliseconds), ids and enums (their text),
 * {@link Optional} (null when empty) and {@link JsonValue}.
 */
public final class Tx {
    private final Connection connection;
    private final Dialect dialect;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** A value that is kept as JSON text. */
    public record JsonValue(Object value) {}

    public static JsonValue json(Object value) {
        return new JsonValue(value);
    }

    /** Runs an insert, update or delete and returns how many rows it touched. */
    public int update(String sql, Object... arguments) {
        return with(sql, arguments, PreparedStatement::executeUpdate);
    }

    /** Runs one statement for each row of arguments, as one batch, and returns how many rows each of them touched. */
    public int[] batch(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        return with(sql, new Object[0], statement -> {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    public <T> List<T> list(Function<Row, T> map, String sql, Object... arguments) {
        return with(sql, arguments, statement -> {
            try (ResultSet results = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                Row row = new Row(results);
                while (results.next()) {
                    rows.add(map.apply(row));
                }
                return List.copyOf(rows);
            }
        });
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(Function<Row, T> map, String sql, Object... arguments) {
        return list(map, sql, arguments).stream().findFirst();
    }

    /** The first column of the only row, as a number; for counts and the like. */
    public long number(String sql, Object... arguments) {
        return with(sql, arguments, statement -> {
            try (ResultSet results = statement.executeQuery()) {
                return results.next() ? results.getLong(1) : 0;
            }
        });
    }

    /** Runs after the commit, and not at all if there is none: for waking up what may now go on. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    private interface Execution<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Object[] arguments, Execution<T> execution) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return execution.run(statement);
        } catch (SQLException e) {
            throw new SqlFailure(e, sql);
        }
    }

    private static void bind(PreparedStatement statement, Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
    }

    private static void bind(PreparedStatement statement, int at, Object argument) throws SQLException {
        switch (argument) {
            case String text -> statement.setString(at, text.replace('\0', '\uFFFD')); // PostgreSQL has no NUL
            case Id id -> statement.setString(at, id.value());
            case Integer number -> statement.setLong(at, number);
            case Long number -> statement.setLong(at, number);
            case Double number -> statement.setDouble(at, number);
            case Boolean flag -> statement.setLong(at, flag ? 1 : 0);
            case Instant instant -> statement.setLong(at, instant.toEpochMilli());
            case Enum<?> value -> statement.setString(at, value.name());
            case JsonValue json -> statement.setString(at, Json.write(json.value()));
            case Optional<?> optional -> bindOptional(statement, at, optional);
            default -> throw new IllegalArgumentException("cannot bind a " + argument.getClass());
        }
    }

    private static void bindOptional(PreparedStatement statement, int at, Optional<?> optional) throws SQLException {
        if (optional.isPresent()) {
            bind(statement, at, optional.get());
        } else {
            statement.setNull(at, Types.NULL);
        }
    }
}
