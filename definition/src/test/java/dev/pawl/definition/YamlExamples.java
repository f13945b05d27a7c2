package dev.pawl.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Good files of pawl.yaml, which tests break. */
final class YamlExamples {
    /** Of the class in class.yaml, its steps not in the order of their data. Parts of it are changed by described.breaks. */
    static final String DESCRIPTION = text("class.json");

    private YamlExamples() {}

    static String ofClass() {
        return text("class.yaml");
    }

    static String ofCommands() {
        return text("commands.yaml");
    }

    /** Commands with everything that can be said of them. */
    static String ofEverything() {
        return text("every.yaml");
    }

    static List<String> all() {
        return List.of(ofClass(), ofCommands(), ofEverything());
    }

    /** A repository with this pawl.yaml and the data that the examples name. */
    static PawlYaml repository(Path folder, String text) {
        return repository(folder, text.getBytes(StandardCharsets.UTF_8));
    }

    static PawlYaml repository(Path folder, byte[] text) {
        try {
            Files.createDirectories(folder.resolve("data"));
            Files.writeString(folder.resolve("data/births.csv"), "date,births\n1969-01-01,8486\n");
            Files.writeString(folder.resolve("requirements.txt"), "numpy==2.3.0\n");
            Files.writeString(folder.resolve("pom.xml"), "<project/>\n");
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
