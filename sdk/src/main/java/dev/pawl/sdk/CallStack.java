package dev.pawl.sdk;

import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;

/**
 * Who did what was recorded.
 *
 * @param above what the step's code called, innermost first: methods of the JDK and of this sdk
 * @param code the innermost frame of the step's code or of a library that it uses, and what called that
 */
record CallStack(List<RecordedFrame> above, List<RecordedFrame> code) {
    /** The loaders of the JDK, as the recorder calls them. */
    private static final List<String> OF_JDK = List.of("bootstrap", "platform");

    private static final String SDK = CallStack.class.getPackageName() + ".";
    private static final List<String> OF_TIME = List.of("java.time.", "java.util.Date", "java.util.Calendar");
    private static final List<String> OF_CLASS_LOADING = List.of("jdk.internal.loader.", "java.lang.ClassLoader");

    /** The time of a line in a log is no result. */
    private static final List<String> LOGGING = List.of(
            "ch.qos.logback.", "org.apache.logging.", "org.apache.log4j.", "org.apache.commons.logging.", "org.slf4j.");

    static CallStack of(RecordedEvent event) {
        List<RecordedFrame> frames = event.getStackTrace() == null
                ? List.of()
                : event.getStackTrace().getFrames().stream()
                        .filter(RecordedFrame::isJavaFrame)
                        .toList();
        List<RecordedFrame> above = frames.stream().takeWhile(CallStack::isOurs).toList();
        return new CallStack(above, frames.subList(above.size(), frames.size()));
    }

    /** Whether the step's code did it, and not the JVM to find its classes. */
    boolean isOfStep() {
        return !code.isEmpty() && above.stream().noneMatch(frame -> starts(frame, OF_CLASS_LOADING));
    }

    /** Whether the step's code asked what time it is: where the JDK takes the time for ends of its own, it did not. */
    boolean asksForTime() {
        return !code.isEmpty()
                && above.stream().allMatch(frame -> starts(frame, OF_TIME))
                && !starts(code.getFirst(), LOGGING);
    }

    boolean asksForOwnName() {
        return above.stream().anyMatch(frame -> frame.getMethod().getName().equals("getLocalHost"));
    }

    /** What the step's code called in the end, such as {@code java.time.LocalDate.now}. */
    String called(RecordedMethod traced) {
        return name(above.isEmpty() ? traced : above.getLast().getMethod());
    }

    /** {@code example.births.Births.train, line 31}; empty if no code of the step is known. */
    String where() {
        return code.isEmpty()
                ? ""
                : name(code.getFirst().getMethod()) + ", line "
                        + code.getFirst().getLineNumber();
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    private static boolean isOurs(RecordedFrame frame) {
        RecordedClass type = frame.getMethod().getType();
        RecordedClassLoader loader = type.getClassLoader();
        return loader == null || OF_JDK.contains(String.valueOf(loader.getName())) || isOfSdk(type.getName());
    }

    /** By where it comes from, as anybody may name a package so. */
    private static boolean isOfSdk(String type) {
        try {
            return type.startsWith(SDK)
                    && Class.forName(type, false, CallStack.class.getClassLoader())
                            .getProtectionDomain()
                            .equals(CallStack.class.getProtectionDomain());
        } catch (ClassNotFoundException | LinkageError _) {
            return false;
        }
    }

    private static boolean starts(RecordedFrame frame, List<String> beginnings) {
        String type = frame.getMethod().getType().getName();
        return beginnings.stream().anyMatch(type::startsWith);
    }
}
