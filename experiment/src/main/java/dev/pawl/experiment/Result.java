package dev.pawl.experiment;

import java.util.SortedMap;

/**
 * What came of some values.
 *
 * @param values by {@code STEP.PARAMETER}
 * @param loss the less, the better
 */
record Result(SortedMap<String, Object> values, double loss) {}
