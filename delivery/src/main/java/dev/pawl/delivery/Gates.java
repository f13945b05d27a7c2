package dev.pawl.delivery;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leads a challenger through its gates, in order, up to the first that stays closed. */
final class Gates {
    private static final Logger LOG = System.getLogger(Gates.class.getName());

    private final Clock clock;
    private final List<Gate> gates;

    Gates(Clock clock, List<Gate> gates) {
        this.clock = clock;
        this.gates = gates;
    }

    /** One verdict for each gate. */
    List<Verdict> judge(Examination examination) throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Gate gate : gates) {
            verdicts.add(judge(gate, examination, Decision.of(verdicts)));
        }
        return List.copyOf(verdicts);
    }

    /** Verdicts on a challenger for whom no gate could even begin. */
    List<Verdict> closed(String because) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(Verdict.without(gates.getFirst().name(), Verdict.Answer.FAILED, "could not run: " + because));
        gates.stream()
                .skip(1)
                .map(gate -> notRun(gate, gates.getFirst().name()))
                .forEach(verdicts::add);
        return List.copyOf(verdicts);
    }

    private Verdict judge(Gate gate, Examination examination, Decision soFar) throws InterruptedException {
        if (soFar instanceof Decision.Reject(String failed, String _)) {
            return notRun(gate, failed);
        }
        if (!gate.declared(examination.plan())) {
            return Verdict.without(gate.name(), Verdict.Answer.NOT_DECLARED, "pawl.yaml does not ask for it");
        }
        Instant began = clock.now();
        Finding finding = examine(gate, examination);
        return new Verdict(
                gate.name(),
                finding.passed() ? Verdict.Answer.PASSED : Verdict.Answer.FAILED,
                finding.summary(),
                finding.evidence(),
                Optional.of(began),
                Optional.of(clock.now()));
    }

    /** A server that is being stopped interrupts: that says nothing about the model. */
    private static Finding examine(Gate gate, Examination examination) throws InterruptedException {
        try {
            return gate.examine(examination);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("gate " + gate.name() + " was interrupted");
            }
            return Finding.failed("could not run: " + message(gate, e));
        }
    }

    private static String message(Gate gate, RuntimeException e) {
        if (e instanceof PawlException known) {
            return known.text();
        }
        LOG.log(Level.ERROR, "gate " + gate.name() + " broke", e);
        return e.toString();
    }

    private static Verdict notRun(Gate gate, String failed) {
        return Verdict.without(gate.name(), Verdict.Answer.NOT_RUN, "gate " + failed + " failed before it");
    }
}
