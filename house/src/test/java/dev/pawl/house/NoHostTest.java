package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Where packages come from is the business of the machine that builds: a company's mirror must work without a change
/// here.
class NoHostTest {
    /// Put together here, so that this file does not name them.
    private static final List<String> HOSTS = List.of(
            host("repo", "maven", "apache", "org"),
            host("repo1", "maven", "org"),
            host("central", "sonatype", "com"),
            host("oss", "sonatype", "org"),
            host("plugins", "gradle", "org"),
            host("registry", "npmjs", "org"),
            host("registry", "yarnpkg", "com"),
            host("pypi", "org"),
            host("files", "pythonhosted", "org"),
            host("deb", "debian", "org"),
            host("security", "debian", "org"),
            host("archive", "ubuntu", "com"),
            host("proxy", "golang", "org"),
            host("sum", "golang", "org"),
            host("static", "crates", "io"),
            host("rubygems", "org"));

    @Test
    void no_file_names_a_package_registry() {
        assertThat(Repository.files().parallelStream()
                        .flatMap(file ->
                                hostsIn(Repository.read(file)).map(host -> Repository.name(file) + " names " + host)))
                .isEmpty();
    }

    @Test
    void a_registry_is_found() {
        assertThat(hostsIn("<url>https://" + host("pypi", "org") + "/simple</url>"))
                .containsExactly(host("pypi", "org"));
    }

    private static Stream<String> hostsIn(String text) {
        return HOSTS.stream().filter(text::contains);
    }

    private static String host(String... labels) {
        return String.join(".", labels);
    }
}
