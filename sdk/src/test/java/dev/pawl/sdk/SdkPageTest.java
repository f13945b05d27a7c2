package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the SDK is true: its examples compile, its pipelines load, its tests pass. */
class SdkPageTest {
    private static final Path PAGE = Path.of("../docs/reference/sdk.md");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = """
        import static org.assertj.core.api.Assertions.assertThat;
        import dev.pawl.sdk.*;
        import java.io.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        import org.junit.jupiter.api.Test;
        import org.junit.jupiter.api.io.TempDir;
        """;
    private static final Pattern TOLD = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);
    private static final List<Class<?>> OF_AUTHORS = List.of(
            Lineage.class,
            Lineage.Made.class,
            Lineage.Origin.class,
            LossCurve.class,
            Metrics.class,
            Model.class,
            NumericCheck.class,
            Outcome.class,
            PipelineTest.class,
            RecordedMetrics.class,
            Report.class,
            SettableClock.class,
            StepResult.class,
            StepTest.class,
            Table.class,
            Table.Builder.class,
            TestRun.class,
            Workspace.class);

    /** And what a record has for its components where an example need not ask. */
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("equals", "hashCode", "toString", "getZone", "from", "digest");

    private static final String MISTAKEN = "Mistaken";

    @TempDir
    Path folder;

    private List<Class<?>> classes = List.of();

    @BeforeEach
    void compile() throws Exception {
        classes = compiled(Files.readString(PAGE), "page");
    }

    private static List<String> examples(String page) {
        return EXAMPLE.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private List<Class<?>> compiled(String page, String name) throws Exception {
        Path place = Files.createDirectory(folder.resolve(name));
        List<String> line = new ArrayList<>(List.of("-proc:none", "-parameters", "-d", place.toString()));
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        for (String example : examples(page)) {
            Path file = place.resolve("Example" + line.size() + ".java");
            line.add(Files.writeString(file, IMPORTS + example).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, line.toArray(String[]::new)))
                .isZero();
        return load(place);
    }

    @Test
    void its_pipelines_load_and_its_tests_pass() throws ReflectiveOperationException, IOException {
        Set<Class<?>> nested = new HashSet<>();
        classes.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(Nested.class))
                .map(Field::getType)
                .forEach(nested::add);
        int pipelines = 0;
        int tests = 0;
        for (Class<?> type : classes) {
            if (!MethodReader.methods(type).isEmpty() && !nested.contains(type) && !isMistaken(type)) {
                assertThat(PipelineClass.of(type).steps()).isNotEmpty();
                pipelines++;
            }
            tests += run(type);
        }
        assertThat(pipelines).isGreaterThan(10);
        assertThat(tests).isGreaterThan(10);
    }

    @Test
    void its_mistakes_are_told_as_it_says() throws Exception {
        List<String> told = TOLD.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1).strip())
                .toList();
        assertThat(told).hasSize(2);
        assertThatThrownBy(() -> PipelineClass.of(mistaken(classes))).hasMessage(told.getFirst());
        String corrected =
                Files.readString(PAGE).replace("\"10 min\"", "\"10m\"").replace("\"2\"", "\"0.2\"");
        assertThatThrownBy(() -> PipelineClass.of(mistaken(compiled(corrected, "corrected"))))
                .hasMessage(told.getLast());
    }

    private static Class<?> mistaken(List<Class<?>> all) {
        return all.stream().filter(SdkPageTest::isMistaken).findFirst().orElseThrow();
    }

    private static boolean isMistaken(Class<?> type) {
        return type.getName().equals(MISTAKEN);
    }

    @Test
    void its_examples_use_every_method_that_an_author_can() throws IOException {
        String examples = String.join("\n", examples(Files.readString(PAGE)));
        for (Class<?> type : OF_AUTHORS) {
            assertThat(Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                            .map(Method::getName)
                            .filter(name -> !OF_EVERY_OBJECT.contains(name)))
                    .allSatisfy(name ->
                            assertThat(examples).as(type.getSimpleName()).containsPattern("[.:]" + name + "(\\(|\\))"));
        }
    }

    @Test
    void it_has_every_annotation_and_every_attribute_of_a_step() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Stream.of(
                        Step.class,
                        Param.class,
                        From.class,
                        Each.class,
                        Source.class,
                        Secret.class,
                        Nested.class,
                        Folder.class))
                .allSatisfy(annotation -> assertThat(page).contains("@" + annotation.getSimpleName()));
        assertThat(Step.class.getDeclaredMethods())
                .allSatisfy(attribute -> assertThat(page).contains("`" + attribute.getName() + "`"));
    }

    private int run(Class<?> type) throws ReflectiveOperationException, IOException {
        int tests = 0;
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                method.setAccessible(true);
                method.invoke(constructor.newInstance(), arguments(method));
                tests++;
            }
        }
        return tests;
    }

    /** A folder for each that asks for one, as JUnit gives it. */
    private Object[] arguments(Method method) throws IOException {
        List<Object> arguments = new ArrayList<>();
        for (Parameter _ : method.getParameters()) {
            arguments.add(Files.createTempDirectory(folder, "test"));
        }
        return arguments.toArray();
    }

    @SuppressWarnings("resource")
    private static List<Class<?>> load(Path place) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {place.toUri().toURL()});
        List<Class<?>> loaded = new ArrayList<>();
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.toList()) {
                String name = file.toFile().getName();
                if (name.endsWith(".class")) {
                    loaded.add(loader.loadClass(name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        return loaded;
    }
}
