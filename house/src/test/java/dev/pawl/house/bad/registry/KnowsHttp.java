package dev.pawl.house.bad.registry;

import com.sun.net.httpserver.HttpExchange;

/// Wrong: HTTP outside routes.
public record KnowsHttp(HttpExchange exchange) {}
