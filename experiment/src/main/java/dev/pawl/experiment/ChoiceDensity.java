package dev.pawl.experiment;

import dev.pawl.kernel.Chance;
import java.util.Arrays;
import java.util.List;

/**
 * How likely each of several things is: in proportion to how often it was seen, plus once for the prior, in which all are as
 * likely.
 *
 * @param probabilities their sum is 1
 */
record ChoiceDensity(List<Double> probabilities) {
    /** @param seen which ones, in the order of the trials */
    static ChoiceDensity of(int size, List<Integer> seen) {
        double[] counts = new double[size];
        Arrays.fill(counts, 1);
        double[] weights = Forgetting.weights(seen.size());
        for (int i = 0; i < weights.length; i++) {
            counts[seen.get(i)] += weights[i];
        }
        double sum = Arrays.stream(counts).sum();
        return new ChoiceDensity(
                Arrays.stream(counts).map(count -> count / sum).boxed().toList());
    }

    double log(int which) {
        return Math.log(probabilities.get(which));
    }

    int draw(Chance chance) {
        double left = chance.uniform();
        for (int i = 0; i < probabilities.size() - 1; i++) {
            left -= probabilities.get(i);
            if (left < 0) {
                return i;
            }
        }
        return probabilities.size() - 1;
    }
}
