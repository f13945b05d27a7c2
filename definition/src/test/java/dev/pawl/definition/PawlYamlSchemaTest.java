package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published JSON Schema and the reader say the same, as far as a schema can see. */
class PawlYamlSchemaTest {
    private static final Path BIRTHS = Path.of("../examples/births");

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PawlYaml.jsonSchema());

    @Test
    void the_schema_accepts_the_good_examples() {
        assertThat(YamlExamples.all())
                .allSatisfy(text -> assertThat(errors(text)).isEmpty());
    }

    @Test
    void the_schema_is_one_itself() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(Json.tree(PawlYaml.jsonSchema()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void the_schema_sees_every_break_in_the_structure_and_no_other(String good, YamlBreaks.Break broken) {
        assertThat(errors(broken.in(good)).isEmpty()).isEqualTo(!broken.seenBySchema());
    }

    static Stream<Arguments> the_schema_sees_every_break_in_the_structure_and_no_other() {
        return Stream.of(
                        YamlBreaks.ofClass().stream().map(broken -> arguments(YamlExamples.ofClass(), broken)),
                        YamlBreaks.ofCommands().stream().map(broken -> arguments(YamlExamples.ofCommands(), broken)),
                        YamlBreaks.ofEverything().stream()
                                .map(broken -> arguments(YamlExamples.ofEverything(), broken)))
                .flatMap(breaks -> breaks);
    }

    @Test
    void the_births_example_is_right_for_both() throws IOException {
        assertThat(errors(Files.readString(BIRTHS.resolve(PawlYaml.FILE)))).isEmpty();
        assertThat(PawlYaml.read(BIRTHS).project().value()).isEqualTo("births");
    }

    private static List<Error> errors(String yaml) {
        var content = YamlParser.parse(yaml, new Problems()).orElseThrow().content();
        return SCHEMA.validate(Json.tree(content));
    }
}
