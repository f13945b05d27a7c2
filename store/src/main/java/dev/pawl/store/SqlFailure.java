package dev.pawl.store;

import java.sql.SQLException;
import java.util.Set;

/** A statement failed. Tells what may be tried again from what may not. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Set<String> POSTGRES_PASSING = Set.of("40001", "40P01", "55P03");
    private static final Set<Integer> SQLITE_PASSING = Set.of(5, 6);
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_READ_ONLY = 8;
    private static final int SQLITE_IO = 10;
    private static final int PRIMARY_CODE = 0xff;

    private final SQLException failure;

    SqlFailure(SQLException failure, String sql) {
        super(failure.getMessage() + "\n" + sql.strip(), failure);
        this.failure = failure;
    }

    /** Another transaction was in the way: the same again may go through. */
    boolean passing() {
        String state = failure.getSQLState();
        return state == null ? SQLITE_PASSING.contains(sqliteCode()) : POSTGRES_PASSING.contains(state);
    }

    /** The database's disk cannot take what was written. */
    boolean diskTrouble() {
        String state = failure.getSQLState();
        if (state != null) {
            return state.equals("53100") || state.equals("58030");
        }
        return switch (sqliteCode()) {
            case SQLITE_FULL, SQLITE_READ_ONLY, SQLITE_IO -> true;
            default -> false;
        };
    }

    private int sqliteCode() {
        return failure.getErrorCode() & PRIMARY_CODE;
    }
}
