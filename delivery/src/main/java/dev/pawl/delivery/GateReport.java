package dev.pawl.delivery;

import java.util.List;

/**
 * How a version fared.
 *
 * @param verdicts in the order of the gates; empty while it is waiting
 */
public record GateReport(Challenger challenger, List<Verdict> verdicts) {}
