package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pawl.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of a definition is as its schema and its reference say. */
class DefinitionSchemaTest {
    private static final Path REFERENCE = Path.of("../docs/reference/definition.md");

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final Schema SCHEMA = REGISTRY.getSchema(PawlYaml.definitionSchema());

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource
    void every_definition_is_as_the_schema_says(String yaml) {
        assertThat(errors(json(yaml))).isEmpty();
    }

    static Stream<String> every_definition_is_as_the_schema_says() {
        return YamlExamples.all().stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"always\":false,", "\"@type\":\"Shell\",", "\"each\":true,", "\"project\":\"births\","})
    void the_schema_misses_what_is_missing(String part) {
        String json = json(YamlExamples.ofEverything());
        assertThat(json).contains(part);
        assertThat(errors(json.replace(part, ""))).isNotEmpty();
        assertThat(errors(json.replace(part, part + "\"more\":1,"))).isNotEmpty();
    }

    @Test
    void the_schema_is_one_itself() {
        var meta = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(Json.tree(PawlYaml.definitionSchema()))).isEmpty();
    }

    @Test
    void the_reference_explains_every_key() throws IOException {
        String reference = Files.readString(REFERENCE);
        assertThat(Json.tree(PawlYaml.definitionSchema()).findValues("properties").stream()
                        .flatMap(properties -> properties.propertyStream().map(Map.Entry::getKey)))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(reference).containsPattern("[`.]" + Pattern.quote(key) + "[`.:]"));
    }

    @Test
    void the_example_of_the_reference_is_compiled_as_it_says() throws IOException {
        String reference = Files.readString(REFERENCE);
        String yaml = reference.split("```yaml\n")[1].split("```")[0];
        String json = reference.split("```json\n")[1].split("```")[0];
        assertThat(Json.pretty(definition(yaml)).strip()).isEqualTo(json.strip());
        assertThat(Json.read(json, Definition.class)).isEqualTo(definition(yaml));
    }

    private Definition definition(String yaml) {
        return YamlExamples.repository(folder, yaml).compile(Optional.of(YamlExamples.DESCRIPTION));
    }

    private String json(String yaml) {
        return Json.write(definition(yaml));
    }

    private static List<Error> errors(String json) {
        return SCHEMA.validate(Json.tree(json));
    }
}
