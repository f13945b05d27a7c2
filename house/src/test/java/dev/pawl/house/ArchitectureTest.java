package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final Architecture PAWL = new Architecture("dev.pawl");

    /// About a tenth below what there is; raise it as the code grows: an import that finds nothing would pass every
    /// rule.
    private static final int FEWEST_CLASSES = 975;

    private static final JavaClasses CLASSES = built("classes");

    static Stream<ArchRule> rules() {
        return Stream.of(
                PAWL.arrows_point_down(),
                PAWL.modules_are_free_of_cycles(),
                PAWL.every_module_is_one_flat_package(),
                PAWL.the_sdk_uses_the_jdk_only(),
                PAWL.sql_stays_in_stores(),
                PAWL.http_stays_in_routes(),
                PAWL.time_and_chance_come_from_the_kernel(),
                PAWL.names_say_what_a_class_is());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_code_keeps(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void no_test_sleeps() {
        PAWL.nobody_sleeps().check(built("test-classes"));
    }

    @Test
    void the_rules_saw_the_code() {
        assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(FEWEST_CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_module_holds_the_package_of_its_name(String module) {
        assertThat(new ClassFileImporter().importPath(output(module, "classes")))
                .as("classes of module %s: built?", module)
                .isNotEmpty()
                .extracting(JavaClass::getPackageName)
                .containsOnly("dev.pawl." + module);
    }

    /// Every module but this one, which has no product code.
    static List<String> modules() {
        return Repository.modules().stream()
                .filter(module -> !module.equals("house"))
                .toList();
    }

    private static JavaClasses built(String kind) {
        return new ClassFileImporter()
                .importPaths(modules().stream()
                        .map(module -> output(module, kind))
                        .filter(Files::isDirectory)
                        .toList());
    }

    /// What this build compiled: jars on the class path may be of an earlier one.
    private static Path output(String module, String kind) {
        return Repository.ROOT.resolve(module).resolve("target").resolve(kind);
    }
}
