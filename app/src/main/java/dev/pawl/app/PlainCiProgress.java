package dev.pawl.app;

import dev.pawl.ci.CiCheck;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Tells of a CI run under way in lines that stay: one whenever a check begins or ends. */
final class PlainCiProgress implements Consumer<CiProgress> {
    private final Consumer<String> line;
    private final Map<String, CiCheck.State> told = new HashMap<>();

    PlainCiProgress(Consumer<String> line) {
        this.line = line;
    }

    @Override
    public void accept(CiProgress progress) {
        for (CiCheck check : progress.checks()) {
            if (!check.state().equals(told.put(check.name(), check.state()))) {
                line.accept(text(check, progress).stripTrailing());
            }
        }
    }

    private static String text(CiCheck check, CiProgress progress) {
        return "%-16s %-9s %-10s %s"
                .formatted(
                        check.name(),
                        check.state().name().toLowerCase(Locale.ROOT),
                        check.state() == CiCheck.State.RUNNING ? "" : progress.took(check),
                        progress.note(check));
    }
}
