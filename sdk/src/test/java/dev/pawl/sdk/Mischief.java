package dev.pawl.sdk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Steps that do what a worker must survive, or at least report. */
final class Mischief {
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final ThreadLocal<String> TRACE = ThreadLocal.withInitial(() -> "clean");

    /** What a well-behaved step finds: the state of its thread, and nothing to read. */
    @Step
    String fine() throws IOException {
        System.out.println("fine");
        return System.in.read() + " " + Thread.interrupted() + " " + TRACE.get() + " "
                + Thread.currentThread().getName();
    }

    @Step
    void printsWithoutNewline() {
        System.out.print("out");
        System.err.print("err");
    }

    @Step
    void printsMuch(@Param int kilobytes) {
        for (int i = 0; i < kilobytes; i++) {
            System.out.println("x".repeat(1023));
        }
    }

    @Step
    void closesItsStreams() throws IOException {
        System.out.print("before ");
        System.out.close();
        System.out.print("after");
        System.err.close();
        System.in.close();
    }

    @Step
    void replacesItsStreams() {
        System.setOut(new PrintStream(new BufferedOutputStream(System.out), false));
        System.out.print("held back");
        System.setErr(new PrintStream(System.err) {
            @Override
            public void flush() {
                throw new IllegalStateException("no");
            }
        });
    }

    @Step
    void printsPastJava() throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "printf native; cat; echo .")
                .inheritIO()
                .start()
                .waitFor();
    }

    @Step
    void leavesThings() {
        TRACE.set("dirty");
        Thread.currentThread().interrupt();
        Thread.currentThread().setContextClassLoader(null);
        Thread.ofPlatform().start(() -> {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Step
    void interruptsAll() {
        Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);
        System.out.print("still here");
    }

    @Step
    int exits(@Param int code) {
        System.out.print("last words ");
        System.exit(code);
        return code;
    }

    @Step
    void halts() {
        Runtime.getRuntime().halt(9);
    }

    @Step
    void fails() throws IOException {
        throw new java.io.FileNotFoundException("gone");
    }

    @Step
    void throwsAnError() {
        throw new AssertionError("wrong");
    }

    @Step
    int overflows(@Param(defaultValue = "1") int depth) {
        return depth == 0 ? 0 : 1 + overflows(depth + 1);
    }

    @Step
    int takesAllMemory() {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) {
            all.add(new byte[1 << 20]);
        }
        return all.size();
    }

    @Step
    void throwsWhatCannotBePrinted() {
        throw new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Step
    String tells(@Secret("db-password") String password, @Param(defaultValue = "x") String text) {
        return password.length() + text;
    }
}
