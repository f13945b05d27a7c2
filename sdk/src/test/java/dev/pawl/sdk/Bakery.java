package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A pipeline with what {@link Pizza} has not: lists, fan-out, records, values, conditions, a nested pipeline, an end. */
final class Bakery {
    @Nested
    final Shop shop = new Shop();

    private final Clock clock;

    Bakery() {
        this(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    Bakery(Clock clock) {
        this.clock = clock;
    }

    record Recipe(String name, int grams, Optional<String> note) {}

    record Loaf(Recipe recipe, double weight, Instant baked, Map<String, Integer> seeds) {}

    @Step
    List<Recipe> recipes(@Source("recipes") Path csv) {
        Table table = Table.read(csv);
        return IntStream.range(0, table.rows())
                .mapToObj(row -> new Recipe(
                        table.text("name", row),
                        (int) table.number("grams", row),
                        Optional.of(table.text("note", row)).filter(note -> !note.isEmpty())))
                .toList();
    }

    @Step(
            attempts = 3,
            backoff = "1s",
            factor = 3,
            longest = "5s",
            retryOn = IOException.class,
            retryOnTimeout = true,
            timeout = "10m",
            cache = false,
            memory = "2GB",
            cpus = 2,
            cpuTime = "5m",
            pool = "ovens",
            tags = {"hot", "slow"},
            doc = "One loaf for each recipe.")
    Loaf bake(
            @Each @From("recipes") Recipe recipe,
            @Param(min = 0, max = 1, defaultValue = "0.9", doc = "share left") double yield,
            Metrics metrics) {
        if (recipe.grams() <= 0) {
            throw new IllegalArgumentException("no flour in " + recipe.name());
        }
        metrics.log("grams", recipe.grams());
        return new Loaf(recipe, recipe.grams() * yield / 1000, clock.instant(), Map.of("poppy", 3));
    }

    @Step
    double weight(List<Loaf> bake) {
        return bake.stream().mapToDouble(Loaf::weight).sum();
    }

    @Step(when = "weight > 1.5 and loud")
    Report praise(@From("weight") double weight, @Param(defaultValue = "true") boolean loud) {
        return Report.empty().with("praise", loud ? "WHAT A LOT" : "much").with("weight", weight);
    }

    @Step
    String label(@From("weight") double weight, Optional<Report> praise, @Secret("shop-key") String key) {
        return weight + " kg" + praise.map(report -> ", praised").orElse("") + ", key of " + key.length();
    }

    @Step
    @Folder
    Path box(List<Loaf> bake, Workspace workspace) {
        try {
            Path box = workspace.folder().resolve("box");
            Files.writeString(Files.createDirectories(box.resolve("lid")).resolve("label"), "fresh");
            Files.writeString(box.resolve("loaves"), "" + bake.size());
            return box;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Step
    double bill(@From("shop-discount") Optional<Integer> percent) {
        return percent.orElse(0) / 100.0;
    }

    @Step(always = true)
    void clean(Outcome outcome, Metrics metrics) {
        metrics.log("clean", outcome.succeeded() ? 1 : 0);
        metrics.log("because", outcome.because().length());
    }

    /** Sells what the bakery makes; a pipeline of its own. */
    static final class Shop {
        @Step
        Report price(@From("weight") double grams) {
            return Report.empty().with("total", 10 * grams);
        }

        @Step(when = "price.total >= 10")
        int discount(Report price, @Param(defaultValue = "5") int percent) {
            return price.number("total") > 100 ? 2 * percent : percent;
        }
    }
}
