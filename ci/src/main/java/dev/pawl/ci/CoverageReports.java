package dev.pawl.ci;

import dev.pawl.executor.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The reports of coverage tools that one command may write: as with those of tests, what was there before proves nothing.
 *
 * @param before when those that were there had been written, by where they may be
 */
record CoverageReports(Path source, List<String> places, Map<String, FileTime> before) {
    private static final List<String> FILES =
            List.of("jacoco.xml", "jacoco.csv", "jacocoTestReport.xml", "coverage.xml", "coverage.json");
    private static final List<String> USUAL_FOLDERS =
            List.of("target/site/jacoco", "build/reports/jacoco/test", "reports", ".");

    /** By its name; it may lie among the reports of tests. */
    static boolean isOne(Path file) {
        return FILES.contains(file.getFileName().toString());
    }

    /** @param given a file or a folder, as pawl.yaml has it */
    static CoverageReports before(Path source, Optional<String> given) {
        List<String> places = given.map(path -> Stream.concat(Stream.of(path), within(path)))
                .orElseGet(() -> USUAL_FOLDERS.stream().flatMap(CoverageReports::within))
                .toList();
        Map<String, FileTime> times = new TreeMap<>();
        places.forEach(place -> written(source, place).ifPresent(time -> times.put(place, time)));
        return new CoverageReports(source, places, Collections.unmodifiableMap(times));
    }

    private static Stream<String> within(String folder) {
        return FILES.stream().map(file -> folder.equals(".") ? file : folder + "/" + file);
    }

    /** To be called after the command. */
    Optional<Coverage> read() {
        return places.stream()
                .filter(place -> written(source, place)
                        .filter(time -> !time.equals(before.get(place)))
                        .isPresent())
                .flatMap(place -> new CoverageFile(source.resolve(place), place).read().stream())
                .findFirst();
    }

    private static Optional<FileTime> written(Path source, String place) {
        Path file = source.resolve(place);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Folders.isWithin(source, file)
                    ? Optional.of(Files.getLastModifiedTime(file))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
