package dev.pawl.definition;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** What starts a run of the deployed pipeline by itself. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
public sealed interface TriggerRule {
    /** No second automatic run for this long in event time. */
    Duration cooldown();

    /** @param cron five fields, UTC */
    record OnSchedule(String cron, Duration cooldown) implements TriggerRule {}

    record OnNewData(String source, int atLeastRows, Duration cooldown) implements TriggerRule {}

    record OnDecay(Duration cooldown) implements TriggerRule {}
}
