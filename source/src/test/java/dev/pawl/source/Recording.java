package dev.pawl.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * One side of a request between a real Gitea and Pawl, as {@code src/test/gitea/run} wrote it down.
 *
 * @param first its first line: the request, or the status of the answer
 */
record Recording(String first, Map<String, String> headers, String body) {
    static Recording read(String name) throws IOException {
        String[] parts = Files.readString(Path.of("src/test/gitea/recorded", name + ".http"))
                .split("\n\n", 2);
        String[] lines = parts[0].split("\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.put(header[0], header[1]);
        }
        return new Recording(lines[0], headers, parts[1]);
    }
}
