package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plugin for pytest, installed as its user would, keeps its own tests.
class PytestPluginTest {
    private static final String PLUGIN = "python/pytest-pawl";

    @Test
    void it_installs_and_its_tests_pass(@TempDir Path folder) {
        Shell shell = new Shell(folder, Map.of("PYTHONDONTWRITEBYTECODE", "1"));
        if (System.getenv("PAWL_CI") == null) {
            assumeTrue(
                    works(shell, "python3 -c 'import sys; assert sys.version_info >= (3, 10)' && python3 -m venv venv"),
                    "skipped: Python 3.10 or its venv is missing, install it so: apt-get install python3-venv");
            assumeTrue(
                    works(shell, "venv/bin/pip download -q --no-deps --retries 0 iniconfig"),
                    "skipped: pytest cannot be fetched, see why: python3 -m pip download iniconfig");
        }
        // A copy: what pip builds it leaves beside the sources.
        String copy = "cp -r " + Repository.ROOT.resolve(PLUGIN) + " copy";
        Shell.Result installed = shell.run(
                "sh", "-c", "test -d venv || python3 -m venv venv; " + copy + " && venv/bin/pip install -q ./copy");
        assertThat(installed.exit()).as(installed.out() + installed.err()).isZero();

        Shell.Result tested = shell.run(
                "sh", "-c", "cd copy && ../venv/bin/python -m pytest -q -p no:cacheprovider --basetemp=../pytest");

        assertThat(tested.exit()).as(tested.out() + tested.err()).isZero();
        assertThat(tested.out()).contains(" passed").doesNotContain("skipped");
    }

    private static boolean works(Shell shell, String line) {
        return shell.run("sh", "-c", line).exit() == 0;
    }
}
