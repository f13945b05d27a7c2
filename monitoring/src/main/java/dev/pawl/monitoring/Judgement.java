package dev.pawl.monitoring;

import dev.pawl.monitoring.LiveWindow.State;
import java.util.Optional;
import java.util.OptionalDouble;

/** The rules by which a closed window is judged, and by which people are asked for something new. Pure. */
final class Judgement {
    /** So many rejected challengers say that retraining does not help. */
    private static final int REJECTED_TO_ASK = 2;

    /** A champion that was trained because of decay and decays within so many windows says the same. */
    private static final int WINDOWS_TO_PROVE = 2;

    private Judgement() {}

    /** @param partial whether another champion took over within the window */
    static State of(boolean partial, Sums sums, OptionalDouble error, OptionalDouble limit) {
        if (partial) {
            return State.PARTIAL;
        }
        if (limit.isEmpty()) {
            return State.NO_REFERENCE;
        }
        if (error.isEmpty()) {
            return State.NO_LABELS;
        }
        if (!sums.speakForAll()) {
            return State.FEW_LABELS;
        }
        return error.getAsDouble() > limit.getAsDouble() ? State.ABOVE_LIMIT : State.WITHIN_LIMIT;
    }

    /**
     * Why people should try something new, when a champion has decayed.
     *
     * @param asked whether they were asked already since it became the champion
     * @param rejected challengers turned down since then
     * @param ofDecay whether its own training was an answer to decay
     * @param judged windows judged since then, with the one that decayed
     */
    static Optional<String> experiment(boolean asked, int rejected, boolean ofDecay, int judged) {
        if (asked) {
            return Optional.empty();
        }
        if (rejected >= REJECTED_TO_ASK) {
            return Optional.of("retraining did not help: " + rejected
                    + " challengers were rejected since this champion was deployed, and it has decayed again");
        }
        return ofDecay && judged <= WINDOWS_TO_PROVE
                ? Optional.of(
                        "retraining did not help: this champion was trained because of decay and has decayed itself"
                                + " in window " + judged + " after its deployment")
                : Optional.empty();
    }
}
