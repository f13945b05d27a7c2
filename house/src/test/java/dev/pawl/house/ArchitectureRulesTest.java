package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.pawl.house.bad.app.KnowsAll;
import dev.pawl.house.bad.kernel.Base;
import dev.pawl.house.bad.registry.CallsServing;
import dev.pawl.house.bad.registry.IsToldTheTime;
import dev.pawl.house.bad.registry.KnowsHttp;
import dev.pawl.house.bad.registry.KnowsSql;
import dev.pawl.house.bad.registry.ReadsTheWorld;
import dev.pawl.house.bad.registry.UsesBelow;
import dev.pawl.house.bad.registry.VersionManager;
import dev.pawl.house.bad.registry.VersionStore;
import dev.pawl.house.bad.registry.inner.Deep;
import dev.pawl.house.bad.sdk.NeedsLibrary;
import dev.pawl.house.bad.serving.ModelRoutes;
import dev.pawl.house.bad.store.Rows;
import dev.pawl.house.bad.stray.Unknown;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every rule can fail, and fails for nothing else.
class ArchitectureRulesTest {
    private static final Architecture BAD = new Architecture("dev.pawl.house.bad");

    @Test
    void an_arrow_up_is_found() {
        assertThat(offences(BAD.arrows_point_down(), Base.class)).hasSizeGreaterThan(0);
        assertThat(offences(BAD.arrows_point_down(), Rows.class, UsesBelow.class, KnowsAll.class))
                .isEmpty();
    }

    @Test
    void a_stage_that_knows_another_stage_is_found() {
        assertThat(offences(BAD.arrows_point_down(), CallsServing.class)).isNotEmpty();
    }

    @Test
    void a_cycle_is_found() {
        assertThat(offences(BAD.modules_are_free_of_cycles(), Base.class, Rows.class))
                .isNotEmpty();
    }

    @Test
    void a_package_in_a_package_and_an_unknown_module_are_found() {
        assertThat(offences(BAD.every_module_is_one_flat_package(), Deep.class, Unknown.class, Rows.class))
                .hasSize(2);
    }

    @Test
    void a_library_in_the_sdk_is_found() {
        assertThat(offences(BAD.the_sdk_uses_the_jdk_only(), NeedsLibrary.class))
                .isNotEmpty();
    }

    @Test
    void sql_outside_a_store_is_found() {
        assertThat(offences(BAD.sql_stays_in_stores(), KnowsSql.class)).isNotEmpty();
        assertThat(offences(BAD.sql_stays_in_stores(), Rows.class, VersionStore.class, VersionStore.Mapper.class))
                .isEmpty();
    }

    @Test
    void http_outside_routes_is_found() {
        assertThat(offences(BAD.http_stays_in_routes(), KnowsHttp.class)).isNotEmpty();
        assertThat(offences(BAD.http_stays_in_routes(), ModelRoutes.class, KnowsAll.class))
                .isEmpty();
    }

    @Test
    void every_way_to_read_time_or_chance_is_found() {
        List<String> found = offences(BAD.time_and_chance_come_from_the_kernel(), ReadsTheWorld.class);
        assertThat(Arrays.stream(ReadsTheWorld.class.getDeclaredMethods()).map(Method::getName))
                .allSatisfy(method -> assertThat(found).anyMatch(offence -> offence.contains("." + method + "()")));
        assertThat(offences(BAD.time_and_chance_come_from_the_kernel(), IsToldTheTime.class))
                .isEmpty();
    }

    @Test
    void a_sleep_is_found() {
        assertThat(offences(BAD.nobody_sleeps(), ReadsTheWorld.class)).hasSize(3);
    }

    @Test
    void a_name_that_says_nothing_is_found() {
        assertThat(offences(BAD.names_say_what_a_class_is(), VersionManager.class))
                .hasSize(1);
    }

    private static List<String> offences(ArchRule rule, Class<?>... types) {
        return rule.evaluate(new ClassFileImporter().importClasses(types))
                .getFailureReport()
                .getDetails();
    }
}
