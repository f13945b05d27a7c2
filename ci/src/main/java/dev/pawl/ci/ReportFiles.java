package dev.pawl.ci;

import dev.pawl.ci.TestReport.Test;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The test reports that one command wrote: those in the folder that were not there before it, or were older. What was
 * committed, or left by another command, proves nothing.
 *
 * @param source the checkout; a link in it leads nowhere else
 * @param name the folder as pawl.yaml has it
 */
record ReportFiles(Path source, String name, Map<Path, FileTime> before) {
    private static final int MOST_FILES = 10_000;
    private static final int MOST_TESTS = 200_000;

    static ReportFiles before(Path source, String name) {
        return new ReportFiles(source, name, files(source, name));
    }

    /** To be called after the command. */
    TestReport read() {
        List<Path> fresh = fresh();
        if (fresh.isEmpty()) {
            throw PawlException.user("no-test-report", missing());
        }
        List<Test> tests = fresh.stream()
                .flatMap(file ->
                        JUnitXml.read(file, name + "/" + source.resolve(name).relativize(file)).stream())
                .limit(MOST_TESTS + 1L)
                .toList();
        if (tests.size() > MOST_TESTS) {
            throw PawlException.limit("too-many-tests", "There are more than " + MOST_TESTS + " tests in " + name);
        }
        return new TestReport(tests);
    }

    private List<Path> fresh() {
        return files(source, name).entrySet().stream()
                .filter(file -> !file.getValue().equals(before.get(file.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private String missing() {
        String old =
                before.isEmpty() ? "" : " (the %d that were there before it do not count)".formatted(before.size());
        return "The test command wrote no JUnit XML file to " + name + old
                + "; let it write them, or name the right folder in pawl.yaml under ci.checks.unit.reports";
    }

    private static Map<Path, FileTime> files(Path source, String name) {
        Path folder = source.resolve(name);
        if (!Files.isDirectory(folder) || !Folders.isWithin(source, folder)) {
            return Map.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            Map<Path, FileTime> found = walk.filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> !CoverageReports.isOne(file))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES + 1L)
                    .collect(Collectors.toMap(file -> file, ReportFiles::written));
            if (found.size() > MOST_FILES) {
                throw PawlException.limit(
                        "too-many-reports",
                        "There are more than " + MOST_FILES + " XML files in " + folder.getFileName());
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static PawlException unreadable(Path path, Exception e) {
        return PawlException.external("disk-trouble", "Cannot read " + path + ": " + e, e);
    }
}
