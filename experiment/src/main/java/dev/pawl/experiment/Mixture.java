package dev.pawl.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A sum of normal densities: one around each position that was seen, and one for the prior, in the middle of the line and as
 * wide as it is. How wide the others are is adapted to how densely they lie: as far as to the farther of the two neighbours, but
 * not wider than the prior and not narrower than a small part of it. The paper says so in section 4.2, Hyperopt how small.
 *
 * @param parts by position
 */
record Mixture(List<Part> parts) {
    private static final double NARROWEST = 100;

    /** @param weight the sum of all is 1 */
    record Part(double weight, double mean, double deviation) {
        private Part withDeviation(double other) {
            return new Part(weight, mean, other);
        }
    }

    /** @param seen positions, in the order of the trials */
    static Mixture around(Dimension.Line line, List<Double> seen) {
        double width = line.high() - line.low();
        Part prior = new Part(1, (line.low() + line.high()) / 2, width);
        double[] weights = Forgetting.weights(seen.size());
        var around = IntStream.range(0, weights.length).mapToObj(i -> new Part(weights[i], seen.get(i), 0));
        var sorted = Stream.concat(around, Stream.of(prior))
                .sorted(Comparator.comparingDouble(Part::mean))
                .toList();
        return new Mixture(sharing(adapted(sorted, width)));
    }

    private static List<Part> adapted(List<Part> sorted, double width) {
        double narrowest = width / Math.min(NARROWEST, 1 + sorted.size());
        var adapted = new ArrayList<Part>();
        for (int i = 0; i < sorted.size(); i++) {
            Part part = sorted.get(i);
            boolean isPrior = part.deviation() > 0;
            adapted.add(
                    isPrior ? part : part.withDeviation(Math.clamp(toNeighbour(sorted, i, width), narrowest, width)));
        }
        return adapted;
    }

    /** One that is alone with the prior is half as wide as that. */
    private static double toNeighbour(List<Part> sorted, int i, double width) {
        if (sorted.size() == 2) {
            return width / 2;
        }
        double mean = sorted.get(i).mean();
        double left = i == 0 ? 0 : mean - sorted.get(i - 1).mean();
        double right = i == sorted.size() - 1 ? 0 : sorted.get(i + 1).mean() - mean;
        return Math.max(left, right);
    }

    private static List<Part> sharing(List<Part> parts) {
        double sum = parts.stream().mapToDouble(Part::weight).sum();
        return parts.stream()
                .map(part -> new Part(part.weight() / sum, part.mean(), part.deviation()))
                .toList();
    }
}
