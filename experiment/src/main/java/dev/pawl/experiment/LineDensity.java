package dev.pawl.experiment;

import dev.pawl.experiment.Mixture.Part;
import dev.pawl.kernel.Chance;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How likely each number on a line is: by a mixture, cut off at the line's ends. */
final class LineDensity {
    private final Dimension.Line line;
    private final List<Weighted> parts;
    private final double onTheLine;

    LineDensity(Dimension.Line line, Mixture mixture) {
        this.line = line;
        this.parts = mixture.parts().stream().map(Weighted::of).toList();
        this.onTheLine = between(line.low(), line.high());
    }

    private record Weighted(double weight, NormalDistribution normal) {
        static Weighted of(Part part) {
            return new Weighted(part.weight(), NormalDistribution.of(part.mean(), part.deviation()));
        }
    }

    /** Draws until one lies on the line: as the middle of each part does, that takes few draws. */
    Object draw(Chance chance) {
        double drawn = Double.NaN;
        while (!(drawn >= line.low() && drawn <= line.high())) {
            NormalDistribution part = part(chance.uniform());
            drawn = part.getMean() + chance.normal() * part.getStandardDeviation();
        }
        return line.value(drawn);
    }

    /** The logarithm of the density at a position, or for values that can be counted of the value's probability. */
    double log(Object value) {
        return Math.log(likelihood(value) / onTheLine);
    }

    private double likelihood(Object value) {
        return switch (line) {
            case Dimension.Continuous continuous -> density(continuous.position(value));
            case Dimension.Stepped stepped -> {
                long index = stepped.index(stepped.position(value));
                yield between(stepped.edge(index), stepped.edge(index + 1));
            }
        };
    }

    private double density(double position) {
        return sum(normal -> normal.density(position));
    }

    private double between(double low, double high) {
        return sum(normal -> normal.probability(low, high));
    }

    private double sum(ToDoubleFunction<NormalDistribution> of) {
        return parts.stream()
                .mapToDouble(part -> part.weight() * of.applyAsDouble(part.normal()))
                .sum();
    }

    private NormalDistribution part(double share) {
        double left = share;
        for (Weighted part : parts) {
            left -= part.weight();
            if (left < 0) {
                return part.normal();
            }
        }
        return parts.getLast().normal();
    }
}
