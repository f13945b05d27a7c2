package dev.pawl.sdk;

import static dev.pawl.sdk.PipelineKitTest.bakery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LineageTest {
    @Test
    void digests_say_what_came_from_what() {
        Lineage lineage = bakery().run().lineage();

        assertThat(lineage.inputs("weight")).containsEntry("bake", lineage.digest("bake"));
        assertThat(lineage.inputs("recipes")).containsEntry("csv", lineage.digest("data.recipes"));
        assertThat(lineage.digest("recipes")).startsWith("sha256:").hasSize(7 + 64);
        assertThat(lineage.of("bake")).extracting(Lineage.Made::element).containsExactly(0, 1, 2);
        assertThat(lineage.of("bake"))
                .extracting(made -> made.inputs().get("recipe"))
                .doesNotHaveDuplicates()
                .allSatisfy(origin -> assertThat(origin).hasFieldOrPropertyWithValue("from", "recipes"));
        assertThat(lineage.of("bake").getFirst().parameters()).containsEntry("yield", 0.9);
        assertThat(lineage.upstream("bill"))
                .containsExactly("bake", "data.recipes", "recipes", "shop-discount", "shop-price", "weight");
        assertThat(lineage.upstream("recipes")).containsExactly("data.recipes");
        assertThatThrownBy(() -> lineage.digest("clean"))
                .hasMessageStartingWith("Nothing is called 'clean'; there are");
    }

    @Test
    void the_same_run_twice_has_the_same_digests_and_another_parameter_changes_what_is_below() {
        Lineage one = bakery().run().lineage();
        Lineage same = bakery().run().lineage();
        Lineage other = bakery().param("bake.yield", 0.8).run().lineage();

        assertThat(same).isEqualTo(one);
        assertThat(other.digest("recipes")).isEqualTo(one.digest("recipes"));
        assertThat(other.digest("weight")).isNotEqualTo(one.digest("weight"));
    }
}
