package dev.pawl.delivery;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Steps are processes beside this one: they find what it finds. */
enum ThisMachine implements Target {
    INSTANCE;

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    @Override
    public int javaVersion() {
        return Runtime.version().feature();
    }

    /** The container's limit where there is one: the JDK knows it. */
    @Override
    public long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    @Override
    public int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public int accelerators() {
        return new AcceleratorDevices(Path.of("/dev")).count();
    }

    @Override
    public boolean hasCommand(String command) {
        return path().map(folder -> folder.resolve(command))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    @Override
    public boolean hasFile(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    private static Stream<Path> path() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return SEPARATOR.splitAsStream(path).filter(entry -> !entry.isBlank()).map(Path::of);
    }
}
