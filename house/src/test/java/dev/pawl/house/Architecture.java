package dev.pawl.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The shape that the code must have, for the packages below one root: `dev.pawl`, or the examples of how to break it.
///
/// @param root the package whose sub-packages are the modules
record Architecture(String root) {
    private static final Set<String> BELOW_STAGES =
            Set.of("sdk", "kernel", "definition", "executor", "store", "pipeline");
    private static final Set<String> STAGES =
            Set.of("experiment", "source", "ci", "delivery", "trigger", "registry", "serving", "monitoring");
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "org.jspecify.");
    private static final List<String> SQL = List.of("java.sql.", "javax.sql.");
    private static final List<String> HTTP_SERVER =
            List.of("io.helidon.", "com.sun.net.httpserver.", "jakarta.servlet.", "io.netty.");
    private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Helper|Util|Utils|Manager)");

    /// What each module may use besides itself; a module that is not here may not exist.
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "sdk", Set.of(),
            "junit", Set.of("sdk"),
            "kernel", Set.of(),
            "store", Set.of("kernel"),
            "definition", Set.of("kernel"),
            "executor", Set.of("kernel"),
            "pipeline", Set.of("kernel", "store", "definition", "executor"),
            "packaging", Set.of("kernel", "store", "definition", "executor", "pipeline"));

    ArchRule arrows_point_down() {
        return rule("use only the modules below their own", this::arrowsUp);
    }

    ArchRule modules_are_free_of_cycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule every_module_is_one_flat_package() {
        return rule(
                "lie in the one package of a known module",
                type -> isKnown(module(type)) && type.getPackageName().equals(root + "." + module(type))
                        ? Stream.empty()
                        : Stream.of("lies in " + type.getPackageName()));
    }

    ArchRule the_sdk_uses_the_jdk_only() {
        return rule(
                "use the JDK only when they are the sdk",
                type -> module(type).equals("sdk") ? foreign(type) : Stream.empty());
    }

    ArchRule sql_stays_in_stores() {
        return rule(
                "leave SQL to module store and to classes named *Store",
                type -> module(type).equals("store") || topLevelName(type).endsWith("Store")
                        ? Stream.empty()
                        : uses(type, SQL));
    }

    ArchRule http_stays_in_routes() {
        return rule(
                "leave HTTP to classes named *Routes and to module app",
                type -> module(type).equals("app") || topLevelName(type).endsWith("Routes")
                        ? Stream.empty()
                        : uses(type, HTTP_SERVER));
    }

    /// The sdk has no kernel: what a user's step does with time is the user's business.
    ArchRule time_and_chance_come_from_the_kernel() {
        return rule(
                "ask the kernel for time, waiting and chance",
                type -> Set.of("kernel", "sdk").contains(module(type))
                        ? Stream.empty()
                        : OutsideWorld.calls(type, OutsideWorld::isTimeOrChance));
    }

    ArchRule nobody_sleeps() {
        return rule("wait for what they need, not for a time", type -> OutsideWorld.calls(type, OutsideWorld::isSleep));
    }

    ArchRule names_say_what_a_class_is() {
        return rule(
                "have a name that says what they are",
                type -> SAYS_NOTHING.matcher(type.getSimpleName()).matches()
                        ? Stream.of("is named " + type.getSimpleName())
                        : Stream.empty());
    }

    private Stream<String> arrowsUp(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(use -> !module(target(use)).isEmpty())
                .filter(use -> !mayUse(module(type), module(target(use))))
                .map(Dependency::getDescription);
    }

    private static boolean mayUse(String module, String used) {
        if (module.equals(used) || module.equals("app") || (module.equals("ci") && used.equals("packaging"))) {
            return true;
        }
        return STAGES.contains(module)
                ? BELOW_STAGES.contains(used)
                : MAY_USE.getOrDefault(module, Set.of()).contains(used);
    }

    private static boolean isKnown(String module) {
        return module.equals("app") || STAGES.contains(module) || MAY_USE.containsKey(module);
    }

    private Stream<String> foreign(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(use -> !target(use).isPrimitive() && module(target(use)).isEmpty())
                .filter(use -> JDK.stream().noneMatch(target(use).getName()::startsWith))
                .map(Dependency::getDescription);
    }

    private static Stream<String> uses(JavaClass type, List<String> packages) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(use -> packages.stream().anyMatch(target(use).getName()::startsWith))
                .map(Dependency::getDescription);
    }

    private static JavaClass target(Dependency use) {
        return use.getTargetClass().getBaseComponentType();
    }

    /// The module's name, empty for a class of somebody else.
    private String module(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", 2)[0] : "";
    }

    private static String topLevelName(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).split("\\$", 2)[0];
    }

    private static ArchRule rule(String description, Function<JavaClass, Stream<String>> offences) {
        return classes().should(new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                offences.apply(type)
                        .forEach(offence ->
                                events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + offence)));
            }
        });
    }
}
