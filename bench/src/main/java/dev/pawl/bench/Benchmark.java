package dev.pawl.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One question about Pawl's speed or size. */
interface Benchmark {
    /** In one line, for the list. */
    String what();

    /** Answers it in rows of named figures. */
    List<Map<String, Object>> run(Path root) throws Exception;

    static double round(double value) {
        return Math.round(value * 1e3) / 1e3;
    }
}
