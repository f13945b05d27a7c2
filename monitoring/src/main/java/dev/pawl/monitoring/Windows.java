package dev.pawl.monitoring;

import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.monitoring.LiveWindow.State;
import dev.pawl.store.Ledger;
import dev.pawl.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Closes windows of event time when all their labels are due, and says what they show. Windows of a version follow each other
 * without a gap from its first prediction on; those without a prediction are passed over.
 */
final class Windows {
    private final Ledger ledger;
    private final WatchStore watches;
    private final WindowStore windows;

    Windows(Ledger ledger, WatchStore watches, WindowStore windows) {
        this.ledger = ledger;
        this.watches = watches;
        this.windows = windows;
    }

    /** Closes all windows of the model that are due. The caller holds the watermark. */
    void closeDue(Tx tx, ModelName model) {
        Optional<Instant> watermark = watches.watermark(tx, model);
        if (watermark.isPresent()) {
            for (Watch watch : watches.open(tx, model)) {
                closeDue(tx, watch, watermark.get());
            }
        }
    }

    private void closeDue(Tx tx, Watch watch, Instant watermark) {
        Optional<Instant> origin = windows.origin(tx, watch.version());
        if (watch.plan().isEmpty() || !watch.ready() || origin.isEmpty()) {
            return;
        }
        boolean more = true;
        Watch current = watch;
        while (more) {
            more = closeNext(tx, current, watch.plan().get(), origin.get(), watermark);
            current = more ? watches.find(tx, watch.version()).orElseThrow() : current;
        }
    }

    /** Closes the version's next window that holds a prediction, if it is due. */
    private boolean closeNext(Tx tx, Watch watch, MonitorPlan plan, Instant origin, Instant watermark) {
        Optional<Instant> first =
                windows.firstFrom(tx, watch.version(), watch.nextFrom().orElse(origin));
        if (first.isEmpty()) {
            endIfRetired(tx, watch);
            return false;
        }
        Instant from = start(origin, plan.window(), first.get());
        Instant to = from.plus(plan.window());
        Instant due = to.plus(plan.labelDelay());
        if (watermark.isBefore(due)) {
            return false;
        }
        close(tx, watch, window(tx, watch, plan, from, to, due));
        return true;
    }

    private void endIfRetired(Tx tx, Watch watch) {
        if (!watch.champion()) {
            watches.closed(tx, watch.version());
        }
    }

    static Instant start(Instant origin, Duration window, Instant time) {
        long number = Math.floorDiv(Duration.between(origin, time).toMillis(), window.toMillis());
        return origin.plus(window.multipliedBy(number));
    }

    /** Closed at the moment its labels were due, however late they were posted: a replay gives the same. */
    private LiveWindow window(Tx tx, Watch watch, MonitorPlan plan, Instant from, Instant to, Instant due) {
        ModelVersion version = watch.version();
        Sums sums = windows.sums(tx, version, from, to);
        OptionalDouble error = Metric.named(plan.metric()).of(sums);
        OptionalDouble limit =
                watch.limit().map(it -> OptionalDouble.of(it.value())).orElse(OptionalDouble.empty());
        boolean partial =
                !watch.champion() && windows.firstFrom(tx, version, to).isEmpty();
        return new LiveWindow(
                version,
                from,
                to,
                due,
                Judgement.of(partial, sums, error, limit),
                plan.metric(),
                boxed(error),
                boxed(limit),
                sums.predictions(),
                sums.labels());
    }

    private void close(Tx tx, Watch watch, LiveWindow window) {
        windows.insert(tx, window);
        watches.closedUpTo(tx, watch.version(), window.to(), window.state().judged());
        if (window.state().judged() || window.state() == State.FEW_LABELS) {
            ledger.append(tx, closed(watch, window));
        }
        if (window.state() == State.ABOVE_LIMIT && watch.champion()) {
            decayed(tx, watch, window);
        }
    }

    /** Only of the champion: the decay of a version that answers nobody any more is no reason to do anything. */
    private void decayed(Tx tx, Watch watch, LiveWindow window) {
        ErrorLimit limit = watch.limit().orElseThrow();
        ledger.append(
                tx,
                new Fact.PerformanceDecayed(
                        watch.project(),
                        watch.environment(),
                        watch.version(),
                        window.closedAt(),
                        window.metric(),
                        window.value().orElseThrow(),
                        limit.value(),
                        limit.test()));
        Judgement.experiment(watch.asked(), watch.rejected(), watch.ofDecay(), watch.judged() + 1)
                .ifPresent(because -> ask(tx, watch, window.closedAt(), because));
    }

    /** Asks people for something new. */
    void ask(Tx tx, Watch watch, Instant at, String because) {
        watches.asked(tx, watch.version());
        ledger.append(
                tx, new Fact.ExperimentRequested(watch.project(), watch.environment(), watch.version(), at, because));
    }

    private static Fact.WindowClosed closed(Watch watch, LiveWindow window) {
        return new Fact.WindowClosed(
                watch.project(),
                watch.environment(),
                watch.version(),
                window.from(),
                window.to(),
                window.closedAt(),
                window.metric(),
                window.value().orElseThrow(),
                window.limit().orElseThrow(),
                window.predictions(),
                window.labels());
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
