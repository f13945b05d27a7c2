package dev.pawl.delivery;

import dev.pawl.kernel.PawlException;
import java.util.Arrays;
import java.util.Locale;

/** A measure of error over rows: ratios for MAPE, the label's unit for the others. Lower is better. */
enum Metric {
    MAPE {
        @Override
        double loss(double label, double answer) {
            if (label == 0) {
                throw PawlException.user(
                        "mape-undefined", "mape is not defined where the label is 0; use mae or rmse instead");
            }
            return Math.abs(answer - label) / Math.abs(label);
        }
    },
    MAE {
        @Override
        double loss(double label, double answer) {
            return Math.abs(answer - label);
        }
    },
    /** Its loss is the squared error: what two models are compared by must add up to the metric. */
    RMSE {
        @Override
        double loss(double label, double answer) {
            return (answer - label) * (answer - label);
        }

        @Override
        double of(double[] losses) {
            return Math.sqrt(super.of(losses));
        }
    };

    abstract double loss(double label, double answer);

    /** The metric of some rows from their losses. */
    double of(double[] losses) {
        return Arrays.stream(losses).average().orElse(Double.NaN);
    }

    double[] losses(double[] labels, double[] answers) {
        double[] losses = new double[labels.length];
        Arrays.setAll(losses, row -> loss(labels[row], answers[row]));
        return losses;
    }

    /** As pawl.yaml writes it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Metric named(String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.label().equals(name))
                .findFirst()
                .orElseThrow(() -> PawlException.user(
                        "no-metric", "There is no metric '%s'; there are mape, mae and rmse".formatted(name)));
    }
}
