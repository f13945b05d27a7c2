package dev.pawl.definition;

import java.time.Duration;

/**
 * What is watched in production.
 *
 * @param metric mape, mae or rmse
 * @param labelDelay how long after a prediction's event time its label is due
 * @param window of event time, one after the other
 * @param falseAlarmEvery the budget: one false alarm in this time of event time
 */
public record MonitorPlan(String metric, Duration labelDelay, Duration window, Duration falseAlarmEvery) {

    /** The chance of a false alarm that one window may have. */
    public double alphaPerWindow() {
        return (double) window.toMillis() / falseAlarmEvery.toMillis();
    }
}
