package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The golden cases by which the plugin for pytest means the same as this module: its tests read the same file. After a change on
 * purpose, write it anew: {@code -Dtest=GoldenCasesTest -Dgolden=write}.
 */
class GoldenCasesTest {
    private static final Path FOLDER = Path.of("../python/pytest-pawl/tests/golden");
    private static final int MOST_CSV_SHOWN = 600;

    @Test
    void the_golden_cases_are_what_this_module_makes() throws IOException {
        Path file = FOLDER.resolve("golden.json");
        String golden = "{\"tables\":" + lines(tables()) + ",\"curves\":" + lines(curves()) + "}\n";
        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(file, golden);
        }
        assertThat(Files.readString(file)).isEqualTo(golden);
    }

    private static String lines(List<?> all) {
        return all.stream().map(Json::write).collect(Collectors.joining(",\n", "[\n", "]"));
    }

    private static List<Map<String, @Nullable Object>> tables() {
        return Stream.of("days.csv", "many.csv", "far.csv")
                .flatMap(name -> Stream.of(1L, -7L, 1L << 40).map(seed -> table(name, seed)))
                .toList();
    }

    private static Map<String, @Nullable Object> table(String name, long seed) {
        Map<String, @Nullable Object> table = new LinkedHashMap<>();
        table.put("table", name);
        table.put("seed", seed);
        table.put(
                "cases",
                HostileTable.of(FOLDER.resolve(name), seed).cases().stream()
                        .map(GoldenCasesTest::oneCase)
                        .toList());
        return table;
    }

    private static Map<String, @Nullable Object> oneCase(HostileCase hostile) {
        String csv = hostile.csv();
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("kind", hostile.kind().name());
        one.put("words", hostile.words());
        one.put("sha256", digest(csv));
        if (csv.length() <= MOST_CSV_SHOWN) {
            one.put("csv", csv);
        }
        return one;
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static List<Map<String, @Nullable Object>> curves() {
        return List.of(
                curve("falls", 7, i -> 7 - i),
                curve("short", 5, i -> 5 - i),
                curve("flat", 20, _ -> 3),
                curve("ties", 12, i -> Math.max(2, 8 - i)),
                curve("rises", 30, i -> i),
                curve("wanders", 40, i -> (i * 7919) % 101),
                curve("slow", 300, i -> 1.0 / (i + 1)),
                curve("diverges", 100, i -> i < 80 ? 1.0 / (i + 1) : i),
                curve("noisy", 150, i -> 100.0 / (i + 1) + (i * 31) % 7),
                curve("even", 10, i -> i % 2 == 0 ? 10 - i : 10 - i + 3));
    }

    private static Map<String, @Nullable Object> curve(String name, int rounds, IntToDoubleFunction loss) {
        List<Double> losses =
                IntStream.range(0, rounds).mapToObj(loss::applyAsDouble).toList();
        LossCurve curve = LossCurve.of(losses);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("losses", losses);
        json.put("z", curve.z().isPresent() ? curve.z().getAsDouble() : null);
        json.put("endsBelow", curve.endsBelow());
        json.put("falls", curve.falls());
        return json;
    }
}
