package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// What fits on a screen or two can be read. The habit is 100 lines a file and 5 a method; these are the ends of
/// patience.
class SizeTest {
    private static final int MOST_LINES_OF_A_FILE = 300;
    private static final int MOST_LINES_OF_A_METHOD = 60;

    /// Files that may be longer, each with the reason.
    private static final Map<String, String> LONGER_FOR_A_REASON = Map.of();

    @Test
    void every_file_can_be_read_at_one_sitting() {
        assertThat(Repository.files(".java"))
                .filteredOn(file -> lines(file) > MOST_LINES_OF_A_FILE)
                .extracting(Repository::name)
                .as("longer than %d lines: split them", MOST_LINES_OF_A_FILE)
                .isSubsetOf(LONGER_FOR_A_REASON.keySet());
    }

    @Test
    void every_reason_still_has_its_long_file() {
        assertThat(LONGER_FOR_A_REASON.keySet())
                .allSatisfy(
                        name -> assertThat(lines(Repository.ROOT.resolve(name))).isGreaterThan(MOST_LINES_OF_A_FILE));
    }

    @Test
    void every_method_fits_on_a_screen() throws IOException {
        assertThat(methodsLongerThan(MOST_LINES_OF_A_METHOD)).isEmpty();
    }

    @Test
    void a_long_method_is_found() throws IOException {
        assertThat(methodsLongerThan(10)).anyMatch(method -> method.contains("methodsLongerThan"));
    }

    private static List<String> methodsLongerThan(int most) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Collection<Path> sources = Repository.files(".java");
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                new LongMethods(unit, Trees.instance(task).getSourcePositions(), most).scan(unit, found);
            }
        }
        return found;
    }

    private static long lines(Path file) {
        return Repository.read(file).lines().count();
    }

    /// Collects the methods of one file that are too long.
    private static final class LongMethods extends TreeScanner<Void, List<String>> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final int most;

        LongMethods(CompilationUnitTree unit, SourcePositions positions, int most) {
            this.unit = unit;
            this.positions = positions;
            this.most = most;
        }

        @Override
        public Void visitMethod(MethodTree method, List<String> found) {
            LineMap map = unit.getLineMap();
            long first = map.getLineNumber(positions.getStartPosition(unit, method));
            long lines = map.getLineNumber(positions.getEndPosition(unit, method)) - first + 1;
            if (lines > most) {
                String file = Repository.name(Path.of(unit.getSourceFile().toUri()));
                found.add("%s:%d %s has %d lines".formatted(file, first, method.getName(), lines));
            }
            return super.visitMethod(method, found);
        }
    }
}
