package dev.pawl.executor;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What Java steps do well and badly, for {@link TestWorker}. */
final class TestSteps {
    private static int calls;

    private TestSteps() {}

    static void succeed(Path folder, Map<String, String> secrets) throws IOException {
        System.out.println("hello");
        System.err.println("and errors");
        Files.writeString(folder.resolve("outputs").resolve("done"), "done");
    }

    static void nothing(Path folder, Map<String, String> secrets) {}

    static void count(Path folder, Map<String, String> secrets) {
        calls++;
        System.out.println("call " + calls);
    }

    static void fail(Path folder, Map<String, String> secrets) {
        System.exit(7);
    }

    static void endQuietly(Path folder, Map<String, String> secrets) {
        System.exit(0);
    }

    static void throwException(Path folder, Map<String, String> secrets) throws IOException {
        throw new java.io.FileNotFoundException("no such file");
    }

    static void throwError(Path folder, Map<String, String> secrets) {
        throw new AssertionError("wrong");
    }

    static void printLots(Path folder, Map<String, String> secrets) {
        System.out.println("first");
        for (int i = 0; i < 20; i++) {
            System.out.print("a".repeat(1_000_000));
        }
        System.out.println();
        System.out.println("last");
    }

    static void printMarkers(Path folder, Map<String, String> secrets) {
        System.out.print("one\0pawl-end\0two\0pawl-end-of-\0\0");
        System.out.println("three");
    }

    static void printEnvironment(Path folder, Map<String, String> secrets) {
        System.getenv().forEach((name, value) -> System.out.println(name + "=" + value));
    }

    static void useSecret(Path folder, Map<String, String> secrets) throws IOException {
        String secret = secrets.getOrDefault("password", "");
        Files.writeString(folder.resolve("outputs").resolve("secret"), secret);
        System.out.println("it is " + secret + ".");
        System.out.print("in two: " + secret.substring(0, 5));
        System.out.flush();
        System.out.println(secret.substring(5) + ".");
    }

    static void hang(Path folder, Map<String, String> secrets) throws IOException, InterruptedException {
        new ProcessBuilder("sleep", "300").start();
        Files.writeString(folder.resolve("work").resolve("hanging"), "yes");
        new CountDownLatch(1).await();
    }

    static void hangStubbornly(Path folder, Map<String, String> secrets) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(TestSteps::waitForever));
        hang(folder, secrets);
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    static void flood(Path folder, Map<String, String> secrets) {
        while (!Thread.currentThread().isInterrupted()) {
            System.out.println("a".repeat(100_000));
        }
    }

    static void leaveDaemon(Path folder, Map<String, String> secrets) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "setsid sleep 300 &").inheritIO().start().waitFor();
    }

    static void leaveRunning(Path folder, Map<String, String> secrets) throws IOException {
        new ProcessBuilder("sleep", "300").start();
    }

    static void eatMemory(Path folder, Map<String, String> secrets) {
        List<byte[]> eaten = new ArrayList<>();
        while (eaten.size() < 100_000) {
            eaten.add(new byte[1_000_000]);
        }
    }

    static void burnTime(Path folder, Map<String, String> secrets) {
        for (long i = 0; i >= 0; i += 2) {
            calls += (int) i;
        }
    }

    static void meddle(Path folder, Map<String, String> secrets) throws IOException {
        try (var replies = new FileOutputStream("/dev/fd/3")) {
            replies.write("I am the worker\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    static void meddleLots(Path folder, Map<String, String> secrets) throws IOException {
        try (var replies = new FileOutputStream("/dev/fd/3")) {
            for (int i = 0; i < 100; i++) {
                replies.write("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** All descriptors but the three that every process has. */
    @SuppressWarnings("restricted")
    static void closeReplies(Path folder, Map<String, String> secrets) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle close = linker.downcallHandle(
                linker.defaultLookup().find("close").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        for (int descriptor = 3; descriptor < 20; descriptor++) {
            int result = (int) close.invokeExact(descriptor);
            calls += result;
        }
        waitForever();
    }

    static void useProcess(Path folder, Map<String, String> secrets) throws IOException, InterruptedException {
        new ProcessBuilder("true").start().waitFor();
        count(folder, secrets);
    }

    static void sayTwice(Path folder, Map<String, String> secrets) throws IOException {
        try (var replies = new FileOutputStream("/dev/fd/3")) {
            replies.write("{\"exit\":0}\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    static void closeOutput(Path folder, Map<String, String> secrets) throws IOException {
        System.out.println("before");
        new FileOutputStream(FileDescriptor.out).close();
    }
}
