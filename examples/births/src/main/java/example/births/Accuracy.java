package example.births;

import java.util.stream.IntStream;

/**
 * How far forecasts are from what happened.
 *
 * @param mape mean absolute error as a ratio of the actual value: 0.03 is 3 percent
 * @param mae mean absolute error, in births
 * @param rmse root of the mean squared error, in births
 */
record Accuracy(double mape, double mae, double rmse) {

    static Accuracy of(double[] forecasts, double[] actual) {
        if (forecasts.length != actual.length || actual.length == 0) {
            throw new IllegalArgumentException(forecasts.length + " forecasts for " + actual.length + " days");
        }
        double relative = 0;
        double absolute = 0;
        double squared = 0;
        for (int day : IntStream.range(0, actual.length).toArray()) {
            if (!Double.isFinite(forecasts[day]) || !(actual[day] >= 1) || Double.isInfinite(actual[day])) {
                throw new IllegalArgumentException("Row " + (day + 1) + ": a forecast of " + forecasts[day] + " for "
                        + actual[day] + " births says nothing about accuracy");
            }
            double error = Math.abs(forecasts[day] - actual[day]);
            relative += error / actual[day];
            absolute += error;
            squared += error * error;
        }
        return new Accuracy(relative / actual.length, absolute / actual.length, Math.sqrt(squared / actual.length));
    }
}
