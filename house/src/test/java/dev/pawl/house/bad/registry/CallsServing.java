package dev.pawl.house.bad.registry;

import dev.pawl.house.bad.serving.ModelRoutes;

/// Wrong: a stage that knows another stage.
public record CallsServing(ModelRoutes routes) {}
