package dev.pawl.sdk;

/**
 * One reported value.
 *
 * @param step the point within a series, 0 for a value that stands alone
 */
public record MetricPoint(String name, long step, double value) {
    public MetricPoint {
        if (name.isBlank()) {
            throw new ContractException("A metric needs a name; one without was logged with value " + value);
        }
        if (step < 0) {
            throw new ContractException("Metric '" + name + "' was logged at step " + step + ": steps start at 0");
        }
        if (!Double.isFinite(value)) {
            throw new ContractException(
                    "Metric '" + name + "' is " + value + " at step " + step + ": log finite values only");
        }
    }
}
