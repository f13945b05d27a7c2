package dev.pawl.definition;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pawl.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The pages about pawl.yaml and about steps are true: they have every key, with an example, and their examples are read. */
class ReferencePagesTest {
    private static final Path PAWL_YAML = Path.of("../docs/reference/pawl-yaml.md");
    private static final Path CONTRACT = Path.of("../docs/reference/step-contract.md");
    private static final String WRONG = "<!-- wrong -->\n";
    private static final Pattern EXAMPLE = Pattern.compile("(" + WRONG + ")?```yaml\n(.*?)```", Pattern.DOTALL);

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PawlYaml.jsonSchema());

    @TempDir
    Path folder;

    @Test
    void every_key_is_explained() throws IOException {
        String reference = Files.readString(PAWL_YAML);
        assertThat(keysOfSchema())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(reference).containsPattern("[`.]" + Pattern.quote(key) + "[`.]"));
    }

    @Test
    void every_key_has_an_example() throws IOException {
        var used = right(PAWL_YAML).flatMap(example -> keys(content(example))).collect(toSet());
        assertThat(used).containsAll(keysOfSchema());
    }

    @Test
    void every_type_of_outputs_has_an_example() throws IOException {
        String examples = right(PAWL_YAML).collect(Collectors.joining());
        assertThat(Definition.OutputType.values())
                .allSatisfy(type -> assertThat(examples)
                        .containsPattern("outputs: \\{[^}]*: " + type.name().toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource
    void every_example_is_right(String example) {
        assertThat(errors(example)).isEmpty();
        assertThat(YamlExamples.repository(folder, example).project().value()).isEqualTo("births");
    }

    static Stream<String> every_example_is_right() throws IOException {
        var whole = sections(right(PAWL_YAML).toList().getFirst());
        return Stream.concat(right(PAWL_YAML), right(CONTRACT)).map(example -> completed(example, whole));
    }

    @Test
    void the_mistakes_of_the_wrong_example_are_told_as_the_page_says() throws IOException {
        String page = Files.readString(PAWL_YAML);
        String example = EXAMPLE.matcher(page.substring(page.indexOf(WRONG)))
                .results()
                .findFirst()
                .orElseThrow()
                .group(2);
        String told = page.split("```text\n")[1].split("\n```")[0];
        assertThatThrownBy(() -> YamlExamples.repository(folder, example)).hasMessage(told);
    }

    @Test
    void the_description_of_a_class_is_read_as_the_page_shows_it() throws IOException {
        String section = Files.readString(CONTRACT).split("## Description of a Java pipeline\n")[1];
        var problems = new Problems();
        var description =
                ClassDescription.read(section.split("```json\n")[1].split("```")[0], YamlPlace.START, problems);
        problems.throwIfAny();
        assertThat(description.steps()).hasSize(1);
    }

    private static Stream<String> right(Path page) throws IOException {
        return EXAMPLE.matcher(Files.readString(page))
                .results()
                .filter(example -> example.group(1) == null)
                .map(example -> example.group(2));
    }

    /** With the sections that an example of one section needs around it, and that say nothing against it. */
    private static String completed(String example, Map<String, String> whole) {
        var own = sections(example).keySet();
        var fitting = !own.contains("pipeline")
                ? whole.keySet()
                : example.contains("class: ") ? Set.of("project", "data", "ci") : Set.of("project", "data");
        return whole.entrySet().stream()
                        .filter(section -> fitting.contains(section.getKey()) && !own.contains(section.getKey()))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining())
                + example;
    }

    private static Map<String, String> sections(String yaml) {
        return Arrays.stream(yaml.split("(?m)^(?=[a-z])"))
                .collect(toMap(section -> section.split(":")[0], section -> section, (a, _) -> a, LinkedHashMap::new));
    }

    private static Set<String> keysOfSchema() {
        return Json.tree(PawlYaml.jsonSchema()).findValues("properties").stream()
                .flatMap(properties -> properties.propertyStream().map(Map.Entry::getKey))
                .collect(toSet());
    }

    private static Stream<String> keys(JsonNode node) {
        return Stream.concat(
                node.propertyStream().map(Map.Entry::getKey), node.valueStream().flatMap(ReferencePagesTest::keys));
    }

    private static JsonNode content(String yaml) {
        return Json.tree(YamlParser.parse(yaml, new Problems()).orElseThrow().content());
    }

    private static List<Error> errors(String yaml) {
        return SCHEMA.validate(content(yaml));
    }
}
