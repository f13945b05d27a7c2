package dev.pawl.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/**
 * The databases that every store is tested on: a test is parameterised by this enum ({@code @EnumSource}) and opens a fresh
 * store with {@link #open}.
 */
public enum TestDatabases {
    SQLITE {
        @Override
        String newUrl(Path folder) {
            return "jdbc:sqlite:" + folder.resolve("test.db");
        }

        @Override
        public Database connect(String url) {
            return Database.sqlite(Path.of(url.substring("jdbc:sqlite:".length())));
        }
    },
    POSTGRES {
        @Override
        String newUrl(Path folder) {
            Optional<PostgresServer> server = PostgresServer.shared();
            if (System.getenv("PAWL_CI") == null) {
                Assumptions.assumeTrue(
                        server.isPresent(),
                        "skipped: PostgreSQL is missing, install it so: apt-get install postgresql");
            }
            return server.orElseThrow().newDatabase();
        }

        @Override
        public Database connect(String url) {
            return Database.postgres(url);
        }
    };

    abstract String newUrl(Path folder);

    /** Another connection pool to the same database: another server. */
    public abstract Database connect(String url);

    public String fresh(Path folder) {
        return newUrl(folder);
    }

    /** The PostgreSQL server of all tests is gone at once, with all connections, until {@link #startPostgresAgain}. */
    public static void crashPostgres() {
        PostgresServer.shared().orElseThrow().crash();
    }

    public static void startPostgresAgain() {
        PostgresServer.shared().orElseThrow().startAgain();
    }

    /** A store over a fresh database. */
    public Store open(Path folder, Clock clock, Schema... schemas) {
        return open(fresh(folder), folder, clock, schemas);
    }

    public Store open(String url, Path folder, Clock clock, Schema... schemas) {
        return Store.open(connect(url), folder, clock, new Ids(clock, new Random(7)), List.of(schemas));
    }

    /** A database whose n-th statement fails, as {@link FailingStatements} is told to. */
    public Database failing(String url, FailingStatements failing) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(this == SQLITE ? 1 : 4);
        var pool = new HikariDataSource(config);
        var source = failing.around(pool);
        return new Database(this == SQLITE ? Dialect.SQLITE : Dialect.POSTGRES, source, source);
    }
}
