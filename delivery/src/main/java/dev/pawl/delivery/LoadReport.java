package dev.pawl.delivery;

import java.util.Optional;

/**
 * What a load did to an instance. Answer times count from the moment a request was due, whether or not it could be sent
 * then: who waits in line waits too.
 *
 * @param planned requests that were due
 * @param sent requests that left, some perhaps late; fewer than planned if the instance fell too far behind
 * @param failed requests without the right answer
 * @param late requests that left more than {@link LoadGenerator#LATE} after they were due
 * @param rate requests per second that were in fact sent
 * @param firstFailure what was wrong with the first that failed
 */
record LoadReport(
        int planned,
        int sent,
        int failed,
        int late,
        double rate,
        double p50Millis,
        double p99Millis,
        double maxMillis,
        Optional<String> firstFailure) {}
