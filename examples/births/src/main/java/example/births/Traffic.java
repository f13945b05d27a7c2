package example.births;

import dev.pawl.sdk.Table;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The hospital group's application: asks Pawl for a forecast for every day, and says what really happened as soon as that is
 * known. It replays the past in event time: {@code Traffic --url http://127.0.0.1:7295 --data data/births.csv --from 1971-01-01 --to
 * 1988-12-31 [--delay 14] [--model births]}. Exit code 0; 1 with what the server said; 2 for wrong arguments.
 */
public final class Traffic {
    private static final String USAGE =
            "Usage: Traffic --url URL --data FILE --from DATE --to DATE [--delay DAYS] [--model NAME]";
    private static final Set<String> OPTIONS = Set.of("--url", "--data", "--from", "--to", "--delay", "--model");
    private static final Map<String, String> DEFAULTS = Map.of("--delay", "14", "--model", "births");

    private Traffic() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            replay(options(args), out).run();
            return 0;
        } catch (IllegalArgumentException | DateTimeParseException | UncheckedIOException e) {
            err.println(e.getMessage());
            return 2;
        } catch (PawlServer.Refused e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static Replay replay(Map<String, String> options, PrintStream out) {
        History history = History.of(Table.read(Path.of(options.get("--data"))));
        LocalDate from = LocalDate.parse(options.get("--from"));
        LocalDate to = LocalDate.parse(options.get("--to"));
        if (from.isAfter(to) || Double.isNaN(history.on(from)) || Double.isNaN(history.on(to))) {
            throw new IllegalArgumentException("The data has days from " + history.first() + " to "
                    + history.day(history.days() - 1) + ": choose --from and --to within");
        }
        int delay = Integer.parseInt(options.get("--delay"));
        PawlServer server = new PawlServer(URI.create(options.get("--url")), options.get("--model"));
        return new Replay(server, new Features(history, delay), from, to, out);
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>(DEFAULTS);
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        if (args.length % 2 != 0 || !options.keySet().equals(OPTIONS)) {
            throw new IllegalArgumentException(USAGE);
        }
        return options;
    }
}
