package dev.pawl.app;

import com.fasterxml.jackson.annotation.JsonProperty;
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
        @JsonProperty("frozen_mape") double frozenMape,
        @JsonProperty("loop_mape") double loopMape,
        @JsonProperty("yearly_mape") double yearlyMape,
        @JsonProperty("retrainings") List<LocalDate> retrainings,
        @JsonProperty("rejected") int rejected,
        @JsonProperty("seconds") Map<String, Double> seconds,
        @JsonProperty("predictions") int predictions,
        @JsonProperty("labels") int labels,
        @JsonProperty("prediction_id") String predictionId,
        @JsonProperty("server") String server) {}
