package dev.pawl.pipeline;

import dev.pawl.sdk.Param;
import dev.pawl.sdk.Step;
import dev.pawl.sdk.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The Java steps of {@link FireServer}'s pipelines; in a worker there is nothing but the JDK and the sdk beside them. */
final class FireSteps {
    /** What comes before, and who was here; whoever is not alone says so in a mark. */
    @Step
    Path java(Path first, @Param String marks, @Param int run, @Param int millis, Workspace workspace)
            throws IOException, InterruptedException {
        Path folder = Path.of(marks);
        try (FileChannel file = FileChannel.open(
                folder.resolve("lock-java-" + run), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!isAlone(file)) {
                Files.writeString(folder.resolve("not-alone"), "java-" + run);
            }
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        }
        return Files.writeString(
                workspace.folder().resolve("result"), Files.readString(first).strip() + " java\n");
    }

    private static boolean isAlone(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }
}
