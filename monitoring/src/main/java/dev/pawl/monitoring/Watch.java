package dev.pawl.monitoring;

import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;
import java.util.Optional;

/**
 * What monitoring knows of a version that is or was the champion.
 *
 * @param ofDecay whether it was trained because of decay
 * @param asOf the moment in event time whose data it was trained on
 * @param plan how it is watched; empty if its pawl.yaml does not say so
 * @param limit once it has been computed
 * @param trouble why the limit cannot be computed, if so
 * @param nextFrom where its next window may begin; empty before the first was closed
 * @param rejected challengers turned down since it became the champion
 * @param judged its windows judged since then
 * @param asked whether people were asked for something new since then
 */
record Watch(
        ModelVersion version,
        ProjectName project,
        EnvironmentName environment,
        boolean ofDecay,
        State state,
        Instant asOf,
        Optional<MonitorPlan> plan,
        Optional<ErrorLimit> limit,
        Optional<String> trouble,
        Optional<Instant> nextFrom,
        int rejected,
        int judged,
        boolean asked) {

    /** Where the version stands, as the facts tell it. */
    enum State {
        REGISTERED,
        CHAMPION,
        RETIRED,
        REJECTED
    }

    boolean champion() {
        return state == State.CHAMPION;
    }

    /** Whether it is known what its windows are judged by, or known that they cannot be. */
    boolean ready() {
        return limit.isPresent() || trouble.isPresent();
    }
}
