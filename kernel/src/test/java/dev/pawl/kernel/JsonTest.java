package dev.pawl.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void equal_values_have_equal_text_whatever_their_order() {
        var first = new LinkedHashMap<String, Object>();
        first.put("b", 1);
        first.put("a", 2);
        var second = new LinkedHashMap<String, Object>();
        second.put("a", 2);
        second.put("b", 1);
        assertThat(Json.write(first)).isEqualTo("{\"a\":2,\"b\":1}").isEqualTo(Json.write(second));
        assertThat(Json.digest(first)).isEqualTo(Json.digest(second));
    }

    @Test
    void a_record_and_an_equal_map_have_equal_text() {
        record Pair(int second, int first) {}
        assertThat(Json.write(new Pair(2, 1))).isEqualTo("{\"first\":1,\"second\":2}");
    }

    @Test
    void a_fact_survives_the_way_to_text_and_back() {
        Fact fact = new Fact.ModelDeployed(
                new ProjectName("births"),
                new EnvironmentName("prod"),
                new ModelVersion(new ModelName("births"), 2),
                Optional.empty(),
                Digest.of("model"),
                Digest.of("definition"),
                Instant.parse("1972-07-14T00:00:00Z"),
                "first model");
        assertThat(Json.read(Json.write(fact), Fact.ModelDeployed.class)).isEqualTo(fact);
    }

    @Test
    void ids_are_plain_strings_in_json() {
        assertThat(Json.write(new ProjectName("births"))).isEqualTo("\"births\"");
        assertThat(Json.read("\"births\"", ProjectName.class)).isEqualTo(new ProjectName("births"));
    }

    @Test
    void an_unknown_key_is_refused_by_name() {
        assertThatThrownBy(() -> Json.read("{\"model\":\"m\",\"number\":1,\"colour\":2}", ModelVersion.class))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("colour");
    }

    @Test
    void broken_text_is_refused_with_its_place() {
        assertThatThrownBy(() -> Json.tree("{\"model\":\n oops}"))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void a_bad_id_inside_json_is_the_users_error() {
        assertThatThrownBy(() -> Json.read("{\"model\":\"../etc\",\"number\":1}", ModelVersion.class))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("../etc");
    }
}
