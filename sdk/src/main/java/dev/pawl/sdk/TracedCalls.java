package dev.pawl.sdk;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The methods of the JDK whose calls tell that a program reads the clock or uses the network. Native ones cannot be traced, so
 * {@code System.currentTimeMillis()} and {@code System.nanoTime()} are not among them.
 */
final class TracedCalls {
    private static final List<String> CLOCK = List.of(
            "java.time.Clock::currentInstant",
            "java.time.Clock$SystemClock::millis",
            "java.time.Clock$SystemInstantSource::millis",
            "java.util.Calendar::getInstance",
            "java.util.Date::<init>");

    /** Each attempt, also one that fails. */
    private static final List<String> NETWORK = List.of(
            "sun.nio.ch.NioSocketImpl::connect",
            "sun.nio.ch.SocketChannelImpl::connect",
            "sun.nio.ch.DatagramChannelImpl::connect",
            "sun.nio.ch.DatagramChannelImpl::send",
            "java.net.InetAddress$PlatformResolver::lookupByName");

    /** The constructor of a date that takes the time as it is; the others are told it. */
    private static final String OF_NOW = "()V";

    private TracedCalls() {}

    static String filter() {
        return Stream.concat(CLOCK.stream(), NETWORK.stream()).collect(Collectors.joining(";"));
    }

    /** Classes that the JVM takes from its archive are not traced if they come after the recorder. */
    static void load() {
        Stream.concat(CLOCK.stream(), NETWORK.stream())
                .map(method -> method.replaceFirst("::.*", ""))
                .forEach(TracedCalls::load);
    }

    private static void load(String type) {
        try {
            Class.forName(type, false, null);
        } catch (ClassNotFoundException _) {
            // another JDK may do without it
        }
    }

    static boolean isOfNetwork(String type) {
        return NETWORK.stream().anyMatch(method -> method.startsWith(type + "::"));
    }

    static boolean readsClock(String method, String descriptor) {
        return !method.equals("<init>") || descriptor.equals(OF_NOW);
    }
}
