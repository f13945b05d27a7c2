package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
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
        """;

    @TempDir
    Path folder;

    private List<Class<?>> classes = List.of();

    @BeforeEach
    void compile() throws Exception {
        List<String> line = new ArrayList<>(List.of("-proc:none", "-parameters", "-d", folder.toString()));
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        List<String> examples = EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        for (String example : examples) {
            Path file = folder.resolve("Example" + line.size() + ".java");
            line.add(Files.writeString(file, IMPORTS + example).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, line.toArray(String[]::new)))
                .isZero();
        classes = load();
    }

    @Test
    void its_pipelines_load_and_its_tests_pass() throws ReflectiveOperationException {
        Set<Class<?>> nested = new HashSet<>();
        classes.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(Nested.class))
                .map(Field::getType)
                .forEach(nested::add);
        int pipelines = 0;
        int tests = 0;
        for (Class<?> type : classes) {
            if (!MethodReader.methods(type).isEmpty() && !nested.contains(type)) {
                assertThat(PipelineClass.of(type).steps()).isNotEmpty();
                pipelines++;
            }
            tests += run(type);
        }
        assertThat(pipelines).isGreaterThan(10);
        assertThat(tests).isGreaterThan(10);
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

    private static int run(Class<?> type) throws ReflectiveOperationException {
        int tests = 0;
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                method.setAccessible(true);
                method.invoke(constructor.newInstance());
                tests++;
            }
        }
        return tests;
    }

    @SuppressWarnings("resource")
    private List<Class<?>> load() throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        List<Class<?>> loaded = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
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
