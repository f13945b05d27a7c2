package dev.pawl.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pawl.kernel.PawlException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * Where all state is kept: SQLite in a file, or PostgreSQL. Every change is one transaction, and a commit that returned is
 * on disk. Safe for use by many threads.
 */
public final class Database implements AutoCloseable {
    private static final int READERS = 4;
    private static final int POSTGRES_CONNECTIONS = 12;
    private static final int TRIES = 5;
    private static final int BUSY_MILLIS = 10_000;

    private final Dialect dialect;
    private final DataSource writer;
    private final DataSource reader;

    /** Over connections that someone else made: tests put a failing one in between. */
    Database(Dialect dialect, DataSource writer, DataSource reader) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * A database file, made if it is not there. SQLite takes one writer at a time, so there is one connection to write with;
     * it takes the lock at once, where a reader never does.
     */
    public static Database sqlite(Path file) {
        return new Database(
                Dialect.SQLITE,
                pool("sqlite-write", sqliteSource(file, TransactionMode.IMMEDIATE), 1),
                pool("sqlite-read", sqliteSource(file, TransactionMode.DEFERRED), READERS));
    }

    /** For example {@code jdbc:postgresql://localhost/pawl?user=pawl&password=...}. */
    public static Database postgres(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        DataSource pool = open(config, "postgres", POSTGRES_CONNECTIONS);
        return new Database(Dialect.POSTGRES, pool, pool);
    }

    public Dialect dialect() {
        return dialect;
    }

    /** All of the function's changes, or none. The function may be run again when another transaction was in its way. */
    public <T> T transact(Function<Tx, T> work) {
        return retrying(() -> inTransaction(writer, false, work));
    }

    public void change(Consumer<Tx> work) {
        transact(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /** Reads only, and sees one moment of the database. */
    public <T> T read(Function<Tx, T> work) {
        return retrying(() -> inTransaction(reader, true, work));
    }

    @Override
    public void close() {
        closePool(reader);
        closePool(writer);
    }

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    private static <T> T retrying(Attempt<T> attempt) {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                throw unavailable(e);
            } catch (SqlFailure e) {
                if (!e.passing() || tried == TRIES) {
                    throw e.diskTrouble() ? diskTrouble(e) : e;
                }
            }
        }
    }

    private <T> T inTransaction(DataSource source, boolean snapshot, Function<Tx, T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            if (snapshot && dialect == Dialect.POSTGRES) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            Tx tx = new Tx(connection, dialect);
            T result = commitOrRollBack(source, connection, tx, work);
            tx.committed();
            return result;
        }
    }

    private static <T> T commitOrRollBack(DataSource source, Connection connection, Tx tx, Function<Tx, T> work) {
        boolean done = false;
        try {
            T result = work.apply(tx);
            commit(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(source, connection);
            }
        }
    }

    /**
     * SQLite rolls back by itself when its disk is full, and its driver then begins no other transaction on that connection: it is
     * not used again, or every statement of the next transaction would count for itself.
     */
    private static void rollBack(DataSource source, Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            System.getLogger(Database.class.getName()).log(System.Logger.Level.DEBUG, "rolling back", e);
            if (source instanceof HikariDataSource pool) {
                pool.evictConnection(connection);
            }
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e, "commit");
        }
    }

    private static SQLiteDataSource sqliteSource(Path file, TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(mode);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static DataSource pool(String name, DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        return open(config, name, size);
    }

    private static DataSource open(HikariConfig config, String name, int size) {
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private static void closePool(DataSource source) {
        if (source instanceof Closeable pool) {
            try {
                pool.close();
            } catch (IOException e) {
                throw unavailable(e);
            }
        }
    }

    private static PawlException unavailable(Exception e) {
        return PawlException.external(
                "database-unavailable", "The database cannot be reached or opened: " + rootMessage(e), e);
    }

    private static PawlException diskTrouble(SqlFailure e) {
        return PawlException.external(
                "disk-trouble",
                "The database cannot write: its disk is full, read-only or damaged. Nothing was changed; make room or"
                        + " make it writable and try again. (" + rootMessage(e) + ")",
                e);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
