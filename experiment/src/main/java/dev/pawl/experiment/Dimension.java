package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import dev.pawl.kernel.Chance;
import dev.pawl.kernel.Json;
import java.math.BigDecimal;
import java.util.List;

/** The values that one parameter may have. */
sealed interface Dimension {
    static Dimension of(Sweep.Range range) {
        return switch (range) {
            case Sweep.Choice choice -> new Choice(choice.of());
            case Sweep.WholeNumbers numbers ->
                new Stepped(
                        BigDecimal.valueOf(numbers.min()),
                        BigDecimal.valueOf(numbers.step()),
                        count(numbers),
                        true,
                        Scale.of(numbers.log()));
            case Sweep.Numbers numbers
            when numbers.step().isPresent() ->
                new Stepped(
                        BigDecimal.valueOf(numbers.min()),
                        BigDecimal.valueOf(numbers.step().get()),
                        count(numbers),
                        false,
                        Scale.of(numbers.log()));
            case Sweep.Numbers numbers -> new Continuous(numbers.min(), numbers.max(), Scale.of(numbers.log()));
        };
    }

    private static long count(Sweep.Range range) {
        return range.size().orElseThrow();
    }

    /** A value by chance. */
    Object draw(Chance chance);

    /** One of several, without an order. */
    record Choice(List<Object> of) implements Dimension {
        @Override
        public Object draw(Chance chance) {
            return of.get(chance.below(of.size()));
        }

        /** Which one it is; equal is what is equal in JSON, as values come back from a database. */
        int indexOf(Object value) {
            return of.stream().map(Json::write).toList().indexOf(Json.write(value));
        }
    }

    /**
     * Numbers on a line. Where a number stands on it is its position: the number itself, or its logarithm. Positions from
     * {@code low} to {@code high} are equally likely.
     */
    sealed interface Line extends Dimension {
        double low();

        double high();

        double position(Object value);

        Object value(double position);

        @Override
        default Object draw(Chance chance) {
            return value(low() + chance.uniform() * (high() - low()));
        }
    }

    /** All numbers from the least to the greatest. */
    record Continuous(double min, double max, Scale scale) implements Line {
        @Override
        public double low() {
            return scale.position(min);
        }

        @Override
        public double high() {
            return scale.position(max);
        }

        @Override
        public double position(Object value) {
            return scale.position(((Number) value).doubleValue());
        }

        @Override
        public Object value(double position) {
            return Math.clamp(scale.number(position), min, max);
        }
    }

    /**
     * {@code min}, {@code min + step} and so on. Each stands for the positions up to halfway to its neighbours, so that the
     * first and the last are as likely as the others.
     *
     * @param whole whether the values are whole numbers
     */
    record Stepped(BigDecimal min, BigDecimal step, long count, boolean whole, Scale scale) implements Line {
        @Override
        public double low() {
            return edge(0);
        }

        @Override
        public double high() {
            return edge(count);
        }

        @Override
        public double position(Object value) {
            return scale.position(((Number) value).doubleValue());
        }

        @Override
        public Object value(double position) {
            return nth(index(position));
        }

        /** @param index from 0 to less than {@code count} */
        Object nth(long index) {
            BigDecimal number = min.add(step.multiply(BigDecimal.valueOf(index)));
            if (whole) {
                return number.longValueExact();
            }
            return number.doubleValue();
        }

        long index(double position) {
            double steps = (scale.number(position) - min.doubleValue()) / step.doubleValue();
            return Math.clamp(Math.round(steps), 0, count - 1);
        }

        /** The least position that stands for this value; the greatest is the edge of the next. */
        double edge(long index) {
            return scale.position(min.doubleValue() + (index - 0.5) * step.doubleValue());
        }
    }

    /** How numbers lie on a line. */
    enum Scale {
        LINEAR {
            @Override
            double position(double number) {
                return number;
            }

            @Override
            double number(double position) {
                return position;
            }
        },
        LOG {
            @Override
            double position(double number) {
                return StrictMath.log(number);
            }

            @Override
            double number(double position) {
                return StrictMath.exp(position);
            }
        };

        static Scale of(boolean log) {
            return log ? LOG : LINEAR;
        }

        abstract double position(double number);

        abstract double number(double position);
    }
}
