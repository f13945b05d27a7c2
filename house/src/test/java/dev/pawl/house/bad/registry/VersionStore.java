package dev.pawl.house.bad.registry;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Right: SQL in a class named Store, and in the classes inside it.
public record VersionStore(Mapper mapper) {
    /// Right: inside a store.
    public interface Mapper {
        String map(ResultSet row) throws SQLException;
    }
}
