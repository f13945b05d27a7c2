package dev.pawl.app;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What the demo found, computed in that run.
 *
 * @param frozenMape of the first model, never retrained, 1972 on, in percent; as the next two
 * @param loopMape of what the turning loop answered
 * @param yearlyMape of a model retrained every first of January
 * @param retrainings the event time as of which each later champion was trained
 * @param rejected challengers turned down by a gate
 * @param seconds by phase
 * @param predictionId one that {@code pawl trace} accepts
 */
record DemoReport(
        double frozenMape,
        double loopMape,
        double yearlyMape,
        List<LocalDate> retrainings,
        int rejected,
        Map<String, Double> seconds,
        int predictions,
        int labels,
        String predictionId,
        String server) {}
