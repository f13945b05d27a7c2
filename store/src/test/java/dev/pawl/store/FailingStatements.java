package dev.pawl.store;

import java.io.Closeable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that fails at the n-th statement or commit, as a database does whose disk or network goes away. */
public final class FailingStatements {
    private static final Set<String> COUNTED = Set.of("executeQuery", "executeUpdate", "executeBatch", "commit");

    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong seen = new AtomicLong();
    private volatile boolean failed;

    /** The n-th statement from now fails, once; the ones after it work again. */
    public void failAfter(long statements) {
        failed = false;
        left.set(statements);
    }

    /** Whether what was to fail has failed. */
    public boolean hasFailed() {
        return failed;
    }

    /** How many statements have been run. */
    public long seen() {
        return seen.get();
    }

    DataSource around(DataSource source) {
        return proxy(DataSource.class, source);
    }

    private <T> T proxy(Class<T> type, Object target) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (COUNTED.contains(method.getName())) {
                count();
            }
            try {
                return wrap(method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type, Closeable.class}, handler));
    }

    private @Nullable Object wrap(@Nullable Object result) {
        return switch (result) {
            case null -> null;
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement);
            case Connection connection -> proxy(Connection.class, connection);
            default -> result;
        };
    }

    private void count() throws SQLException {
        seen.incrementAndGet();
        if (left.decrementAndGet() == 0) {
            left.set(Long.MAX_VALUE);
            failed = true;
            throw new SQLException("the database went away (planned by the test)", "08006");
        }
    }
}
