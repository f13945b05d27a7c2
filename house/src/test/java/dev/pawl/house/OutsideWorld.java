package dev.pawl.house;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which calls of the JDK read the time, wait, or throw dice: a test cannot set what they answer.
final class OutsideWorld {
    private static final Set<String> SLEEPS = Set.of(
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil");
    private static final Set<String> CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of",
            "java.security.SecureRandom.<init>",
            "java.security.SecureRandom.getInstanceStrong",
            "java.time.InstantSource.system");
    private static final Set<String> UNSEEDED =
            Set.of("java.util.Random.<init>", "java.util.SplittableRandom.<init>", "java.util.Date.<init>");
    private static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");

    private OutsideWorld() {}

    /// The forbidden calls and method references in a class, each told with its line.
    static Stream<String> calls(JavaClass type, Predicate<CodeUnitAccessTarget> forbidden) {
        return type.getCodeUnitAccessesFromSelf().stream()
                .filter(access -> forbidden.test(access.getTarget()))
                .map(JavaAccess::getDescription);
    }

    static boolean isTimeOrChance(CodeUnitAccessTarget target) {
        return isSleep(target)
                || CALLS.contains(name(target))
                || (UNSEEDED.contains(name(target)) && parameters(target).isEmpty())
                || isNow(target)
                || name(target).startsWith("java.time.Clock.system")
                || name(target).startsWith("java.time.Clock.tick");
    }

    static boolean isSleep(CodeUnitAccessTarget target) {
        return SLEEPS.contains(name(target));
    }

    /// `now(clock)` asks a clock that was handed in, which is the right way.
    private static boolean isNow(CodeUnitAccessTarget target) {
        return target.getOwner().getPackageName().startsWith("java.time")
                && target.getName().equals("now")
                && parameters(target).stream().noneMatch(CLOCKS::contains);
    }

    private static String name(CodeUnitAccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static List<String> parameters(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
    }
}
