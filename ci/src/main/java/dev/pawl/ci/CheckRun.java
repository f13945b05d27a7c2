package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import java.util.Optional;

/**
 * A run that a check waits for, or has waited for.
 *
 * @param outcome once it has ended
 * @param because why it ended so
 */
record CheckRun(RunId run, CiRunId ciRun, String check, String label, Optional<Fact.Outcome> outcome, String because) {}
