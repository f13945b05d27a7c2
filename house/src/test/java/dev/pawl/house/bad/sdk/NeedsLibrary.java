package dev.pawl.house.bad.sdk;

import org.assertj.core.api.AbstractAssert;

/// Wrong: the sdk would force a library on its users.
public record NeedsLibrary(AbstractAssert<?, ?> library) {}
