package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineKitTest {
    private static final Instant NOON = Instant.parse("1972-07-14T12:00:00Z");
    private static final Table RECIPES = Table.builder()
            .texts("name", "rye", "wheat", "spelt")
            .numbers("grams", 1000, 500, 1500)
            .texts("note", "", "light", "")
            .build();

    @TempDir
    Path folder;

    @Test
    void a_pipeline_runs_from_its_sources_to_its_end() {
        TestRun run = bakery().run();

        assertThat(run.output("recipes", Path.class)).isDirectory();
        assertThat(run.outputs("recipes", Bakery.Recipe.class))
                .extracting(Bakery.Recipe::name)
                .containsExactly("rye", "wheat", "spelt");
        assertThat(run.outputs("bake", Bakery.Loaf.class))
                .extracting(Bakery.Loaf::weight)
                .containsExactly(0.9, 0.45, 1.35);
        assertThat(run.output("weight", double.class)).isEqualTo(2.7);
        assertThat(run.output("praise", Report.class).number("weight")).isEqualTo(2.7);
        assertThat(run.output("label", String.class)).isEqualTo("2.7 kg, praised, key of 3");
        assertThat(run.output("box", Path.class).resolve("lid/label")).hasContent("fresh");
        assertThat(run.output("shop-discount", Integer.class)).isEqualTo(5);
        assertThat(run.output("bill", double.class)).isEqualTo(0.05);
        assertThat(run.metrics("bake").values("grams")).containsExactly(1000.0, 500.0, 1500.0);
        assertThat(run.metric("clean.clean")).isEqualTo(1);
        assertThat(run.attempts("bake")).isEqualTo(3);
        assertThat(run.succeeded("clean")).isTrue();
    }

    @Test
    void a_sample_and_parameters_steer_a_run_and_what_is_not_needed_is_skipped() {
        TestRun run = bakery().sample(1).param("bake.yield", 0.5).run();

        assertThat(run.outputs("bake", Bakery.Loaf.class)).hasSize(1);
        assertThat(run.skipped("praise")).isTrue();
        assertThat(run.output("label", String.class)).isEqualTo("0.5 kg, key of 3");
        assertThat(run.skipped("shop-price")).isFalse();
        assertThat(run.skipped("shop-discount")).isTrue();
        assertThat(run.output("bill", double.class)).isZero();
        assertThatThrownBy(() -> run.output("praise", Report.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Step praise was skipped: weight > 1.5 and loud does not hold");
    }

    @Test
    void parameters_decide_and_nested_ones_can_be_set() {
        TestRun run = bakery().param("praise.loud", false)
                .param("shop-discount.percent", 7)
                .run();

        assertThat(run.skipped("praise")).isTrue();
        assertThat(run.output("shop-discount", int.class)).isEqualTo(7);
    }

    @Test
    void failures_that_are_meant_are_tried_again_and_the_pauses_move_the_clock_only() {
        SettableClock clock = SettableClock.at(NOON);
        TestRun run = bakery().clock(clock)
                .failing("bake", 2, new FileNotFoundException("oven"))
                .run();

        assertThat(run.attempts("bake")).isEqualTo(9);
        assertThat(run.waited("bake")).isEqualTo(Duration.ofSeconds(3 * (1 + 3)));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(12));
        assertThat(run.outputs("bake", Bakery.Loaf.class)).hasSize(3);
    }

    @Test
    void a_timeout_counts_as_one_and_no_pause_is_longer_than_the_longest() {
        TestRun run = bakery().sample(1)
                .failing("bake", 3, new TimeoutException("slow"))
                .runToFailure();

        assertThat(run.attempts("bake")).isEqualTo(3);
        assertThat(run.waited("bake")).isEqualTo(Duration.ofSeconds(1 + 3));
    }

    @Test
    void a_failure_that_is_not_meant_fails_the_run_and_the_end_is_told() {
        Table bad = RECIPES.select("name", "note").with("grams", 1000, -1, 1500);

        TestRun run = bakery().source("recipes", bad).runToFailure();

        assertThat(run.failed("bake")).isTrue();
        assertThat(run.attempts("bake")).isEqualTo(2);
        assertThat(run.skipped("weight")).isTrue();
        assertThat(run.failure())
                .get()
                .satisfies(failure -> assertThat(failure)
                        .hasMessage("Step bake failed: java.lang.IllegalArgumentException: no flour in wheat")
                        .hasCauseInstanceOf(IllegalArgumentException.class));
        assertThat(run.metric("clean.clean")).isZero();
        assertThat(run.metric("clean.because"))
                .isEqualTo("Step bake failed: java.lang.IllegalArgumentException: no flour in wheat".length());
        assertThatThrownBy(() -> bakery().source("recipes", bad).run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no flour in wheat");
        assertThatThrownBy(() -> bakery().runToFailure())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("succeeded");
    }

    @Test
    void a_pipeline_object_is_used_as_it_was_made_with_its_clock() {
        SettableClock clock = SettableClock.at(NOON);
        TestRun run = PipelineTest.of(new Bakery(clock))
                .source("recipes", RECIPES)
                .secret("shop-key", "abc")
                .run();

        assertThat(run.outputs("bake", Bakery.Loaf.class))
                .extracting(Bakery.Loaf::baked)
                .containsOnly(NOON);
    }

    @Test
    void everything_that_is_given_wrongly_is_said_at_once() {
        assertThatThrownBy(() -> PipelineTest.of(Bakery.class)
                        .source("recipe", RECIPES)
                        .param("bake.yield", 2)
                        .param("praise.loud", "yes")
                        .param("eta", 1)
                        .failing("bakes", 1, new IOException())
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .containsExactlyInAnyOrder(
                                "bake.yield: Parameter 'yield' must be from 0.0 to 1.0, but is 2",
                                "praise.loud: Parameter 'loud' must be of type boolean, but is \"yes\"",
                                "The source 'recipes' is missing: give it with source(\"recipes\", ...)",
                                "The secret 'shop-key' is missing: give it with secret(\"shop-key\", ...)",
                                "dev.pawl.sdk.Bakery has no source 'recipe'; it has [recipes]",
                                "dev.pawl.sdk.Bakery has no parameter 'eta'; it has [bake.yield, praise.loud,"
                                        + " shop-discount.percent]",
                                "dev.pawl.sdk.Bakery has no step 'bakes'; it has [bake, bill, box, clean, label,"
                                        + " praise, recipes, shop-discount, shop-price, weight]"));
        assertThatThrownBy(() -> PipelineTest.of(Object.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.lang.Object: has no step: mark a method with @Step");
        assertThatThrownBy(() ->
                        bakery().source("recipes", folder.resolve("absent.csv")).run())
                .hasMessage("'recipes': there is nothing at " + folder.resolve("absent.csv"));
    }

    @Test
    void what_is_asked_wrongly_is_said() {
        TestRun run = bakery().run();

        assertThatThrownBy(() -> run.output("bread", Table.class))
                .hasMessageStartingWith("dev.pawl.sdk.Bakery has no step 'bread'; it has [clean, recipes,");
        assertThatThrownBy(() -> run.output("weight", Table.class))
                .hasMessage("Step weight gives a double, not a Table: ask for that, or for Path.class");
        assertThatThrownBy(() -> run.output("bake", Bakery.Loaf.class))
                .hasMessage("Step bake gives a list: ask for outputs(\"bake\", Loaf.class)");
        assertThatThrownBy(() -> run.outputs("weight", double.class))
                .hasMessage("Step weight gives no list but one double: ask for output(\"weight\", double.class)");
        assertThatThrownBy(() -> run.output("clean", Path.class)).hasMessage("Step clean gives nothing");
        assertThatThrownBy(() -> run.metric("bake.crumbs"))
                .hasMessage("Nothing has logged 'bake.crumbs': write step.metric");
    }

    @Test
    void files_go_where_they_are_wanted() throws IOException {
        bakery().folder(folder).run();

        try (var files = Files.walk(folder)) {
            assertThat(files).anyMatch(file -> file.endsWith("run-1/weight/0-1/outputs/weight.json"));
        }
    }

    static PipelineTest bakery() {
        return PipelineTest.of(Bakery.class).source("recipes", RECIPES).secret("shop-key", "abc");
    }
}
