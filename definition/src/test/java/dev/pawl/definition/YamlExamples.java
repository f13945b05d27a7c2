package dev.pawl.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Good files of pawl.yaml, which tests break. */
final class YamlExamples {
    /** Of the class in class.yaml, its steps not in the order of their data. */
    static final String DESCRIPTION = """
        {"class":"example.births.Births","steps":[
         {"name":"features","inputs":{},"sources":{"csv":"births"},
          "parameters":{"lagDays":{"type":"int","default":14,"min":7}},"output":{"name":"features","type":"table"}},
         {"name":"evaluate","inputs":{"train":"train","holdout":"holdout"},"sources":{},"parameters":{},
          "output":{"name":"evaluate","type":"report"}},
         {"name":"train","inputs":{"features":"features"},"sources":{},
          "parameters":{"eta":{"type":"double","min":0.001,"max":1.0},"rounds":{"type":"long","default":200},
            "early":{"type":"boolean","default":false},"loss":{"type":"string","default":"l2"},
            "scale":{"type":"double","default":1}},
          "output":{"name":"train","type":"model"}},
         {"name":"holdout","inputs":{"features":"features"},"sources":{},"parameters":{},
          "output":{"name":"holdout","type":"table"}}]}
        """;

    private YamlExamples() {}

    static String ofClass() {
        return text("class.yaml");
    }

    static String ofCommands() {
        return text("commands.yaml");
    }

    /** A repository with this pawl.yaml and the data that the examples name. */
    static PawlYaml repository(Path folder, String text) {
        return repository(folder, text.getBytes(StandardCharsets.UTF_8));
    }

    static PawlYaml repository(Path folder, byte[] text) {
        try {
            Files.createDirectories(folder.resolve("data"));
            Files.writeString(folder.resolve("data/births.csv"), "date,births\n1969-01-01,8486\n");
            Files.write(folder.resolve(PawlYaml.FILE), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PawlYaml.read(folder);
    }

    static String text(String name) {
        try (var in = YamlExamples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
