package example.births;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Days gone by, as live traffic. On every seventh morning the labels that have become known are posted, and then the replay waits
 * until Pawl's loop has no work left: a retraining takes no event time, so the days that follow must not rush past it.
 */
final class Replay {
    private static final int WEEK = 7;

    private final PawlServer server;
    private final Features features;
    private final LocalDate from;
    private final LocalDate to;
    private final PrintStream progress;

    private int predictions;
    private int labels;

    /** @param progress gets a line of JSON for every year */
    Replay(PawlServer server, Features features, LocalDate from, LocalDate to, PrintStream progress) {
        this.server = server;
        this.features = features;
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    void run() {
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            if (predictions % WEEK == 0) {
                post(day);
            }
            server.predict(day, features.of(day));
            predictions++;
            if (day.getDayOfYear() == day.lengthOfYear()) {
                report(day);
            }
        }
        post(to.plusDays(features.lagDays()));
        report(to.plusDays(features.lagDays()));
    }

    /** Posts the labels that are known today and were not before. */
    private void post(LocalDate today) {
        List<PawlServer.Label> known = new ArrayList<>();
        LocalDate day = from.plusDays(labels);
        while (!day.isAfter(to) && !day.plusDays(features.lagDays()).isAfter(today)) {
            known.add(new PawlServer.Label(day, features.history().on(day), day.plusDays(features.lagDays())));
            day = day.plusDays(1);
        }
        if (!known.isEmpty()) {
            server.label(known);
            labels += known.size();
            server.awaitQuiet();
        }
    }

    private void report(LocalDate day) {
        progress.printf("{\"date\":\"%s\",\"predictions\":%d,\"labels\":%d}%n", day, predictions, labels);
        progress.flush();
    }
}
