package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/dependencies.md names what the poms name, with a reason each.
class DependencyDocsTest {
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern ELEMENT = Pattern.compile("(?s)<(dependency|path|plugin)>(.*?)</\\1>");
    private static final Pattern GROUP = Pattern.compile("<groupId>(.*?)</groupId>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| .{10,} \\|$");

    @Test
    void every_dependency_has_a_reason_and_every_reason_a_dependency() {
        Set<String> declared = Repository.files("pom.xml").stream()
                .flatMap(pom -> declaredIn(Repository.read(pom)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(explainedIn(Repository.read(Repository.ROOT.resolve("docs/dependencies.md"))))
                .as("rows of docs/dependencies.md, | `artifactId` | why |")
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void dependencies_plugins_and_processors_are_found() {
        String pom = """
            <dependency><groupId>org.a</groupId><artifactId>library</artifactId></dependency>
            <dependency><groupId>dev.pawl</groupId><artifactId>pawl-kernel</artifactId></dependency>
            <!-- <dependency><groupId>org.b</groupId><artifactId>gone</artifactId></dependency> -->
            <plugin>
              <artifactId>some-plugin</artifactId>
              <path><groupId>org.c</groupId><artifactId>processor</artifactId></path>
            </plugin>
            """;
        assertThat(declaredIn(pom)).containsExactlyInAnyOrder("library", "some-plugin", "processor");
        assertThat(explainedIn("| `library` | does what we need |\n| `x` | |\n"))
                .containsExactly("library");
    }

    private static Set<String> declaredIn(String pom) {
        Set<String> found = new TreeSet<>();
        String rest = COMMENT.matcher(pom).replaceAll("");
        ELEMENT.matcher(rest).results().forEach(element -> {
            found.addAll(declaredIn(element.group(2)));
            if (GROUP.matcher(element.group(2))
                    .results()
                    .noneMatch(group -> group.group(1).equals("dev.pawl"))) {
                ARTIFACT.matcher(element.group(2)).results().limit(1).forEach(match -> found.add(match.group(1)));
            }
        });
        return found;
    }

    private static Set<String> explainedIn(String document) {
        return ROW.matcher(document).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
