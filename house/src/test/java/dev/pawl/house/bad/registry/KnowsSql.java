package dev.pawl.house.bad.registry;

import javax.sql.DataSource;

/// Wrong: SQL outside a store.
public record KnowsSql(DataSource source) {}
