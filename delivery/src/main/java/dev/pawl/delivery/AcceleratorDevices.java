package dev.pawl.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The accelerators of a machine, as Linux shows them: Nvidia's, or what can compute without a screen. A card of Nvidia may be both.
 *
 * @param folder of devices, {@code /dev}
 */
record AcceleratorDevices(Path folder) {
    private static final Pattern NVIDIA = Pattern.compile("nvidia[0-9]+");
    private static final Pattern RENDERING = Pattern.compile("renderD[0-9]+");

    int count() {
        return Math.max(count(folder, NVIDIA), count(folder.resolve("dri"), RENDERING));
    }

    private static int count(Path folder, Pattern name) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> devices = Files.list(folder)) {
            return (int) devices.filter(device ->
                            name.matcher(device.getFileName().toString()).matches())
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // a folder that may not be read offers nothing
        }
    }
}
