package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Pawl tells a step, with paths in a folder of a test. */
record Calls(Path folder) {

    /** @param inputs names of files in the folder, by input */
    Map<String, Object> of(String step, Map<String, String> inputs, Map<String, Object> parameters, String output) {
        Map<String, Object> paths = new HashMap<>();
        inputs.forEach((name, file) -> paths.put(name, folder.resolve(file).toString()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("contract", 2L);
        json.put("run", "run-1");
        json.put("step", step);
        json.put("attempt", 1L);
        json.put("as_of", "1972-07-14T00:00:00Z");
        json.put("parameters", parameters);
        json.put("inputs", paths);
        json.put("outputs", Map.of(step, folder.resolve(output).toString()));
        json.put("metrics", folder.resolve("metrics.jsonl").toString());
        json.put("work", folder.toString());
        return json;
    }
}
