package dev.pawl.executor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of {@code strace} that tells something about reading. */
sealed interface TraceLine {
    /** @param flags as the program gave them */
    record Opened(Path file, String flags) implements TraceLine {
        /** It holds what the program itself puts in. */
        boolean isNew() {
            return flags.contains("O_TRUNC") || flags.contains("O_EXCL");
        }

        boolean isRead() {
            return !flags.contains("O_WRONLY")
                    && !flags.contains("O_PATH")
                    && !flags.contains("O_DIRECTORY")
                    && !flags.contains("O_TMPFILE");
        }
    }

    /** @param succeeded or is under way */
    record Connected(Address address, boolean succeeded) implements TraceLine {}

    /** It waits for others at this address. */
    record Bound(Address address) implements TraceLine {}

    /** @param isOfNetwork otherwise it is that of a socket of this machine, a path */
    record Address(boolean isOfNetwork, String text) {}

    record Began(Path program) implements TraceLine {}

    Pattern CALL = Pattern.compile("\\d+ +(\\w+)\\((.*)\\) += (-?\\d+)(.*)");
    Pattern OF_DESCRIPTOR = Pattern.compile("<(.*)>.*");
    Pattern FIRST_TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\".*");
    Pattern IPV4 =
            Pattern.compile(".*sa_family=AF_INET, sin_port=htons\\((\\d+)\\), sin_addr=inet_addr\\(\"([^\"]+)\"\\).*");
    Pattern IPV6 =
            Pattern.compile(".*sa_family=AF_INET6, sin6_port=htons\\((\\d+)\\).*inet_pton\\(AF_INET6, \"([^\"]+)\".*");
    Pattern UNIX = Pattern.compile(".*sa_family=AF_UNIX, sun_path=(@?)\"((?:[^\"\\\\]|\\\\.)*)\".*");

    /** Empty for a line about anything else. */
    static Optional<TraceLine> of(String line) {
        Matcher call = CALL.matcher(line);
        if (!call.matches()) {
            return Optional.empty();
        }
        String arguments = call.group(2);
        boolean succeeded = !call.group(3).startsWith("-");
        return switch (call.group(1)) {
            case "open", "openat", "openat2" -> succeeded ? opened(arguments, call.group(4)) : Optional.empty();
            case "execve" -> succeeded ? text(arguments).map(Began::new) : Optional.empty();
            case "bind" -> succeeded ? address(arguments).map(Bound::new) : Optional.empty();
            case "connect" ->
                address(arguments)
                        .map(address -> new Connected(
                                address, succeeded || call.group(4).contains("EINPROGRESS")));
            default -> Optional.empty();
        };
    }

    private static Optional<TraceLine> opened(String arguments, String descriptor) {
        Matcher path = OF_DESCRIPTOR.matcher(descriptor);
        return path.matches()
                ? path(path.group(1)).map(file -> new Opened(file, arguments.substring(arguments.lastIndexOf('"') + 1)))
                : Optional.empty();
    }

    private static Optional<Path> text(String arguments) {
        Matcher text = FIRST_TEXT.matcher(arguments);
        return text.matches() ? path(text.group(1)) : Optional.empty();
    }

    /** Pipes and the like have no path; what is relative is not known. */
    private static Optional<Path> path(String escaped) {
        try {
            return Optional.of(Path.of(unescaped(escaped))).filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<Address> address(String arguments) {
        Matcher ipv4 = IPV4.matcher(arguments);
        Matcher ipv6 = IPV6.matcher(arguments);
        Matcher unix = UNIX.matcher(arguments);
        if (ipv4.matches()) {
            return ofNetwork(ipv4.group(2), ipv4.group(1));
        } else if (ipv6.matches()) {
            return ofNetwork("[" + ipv6.group(2) + "]", ipv6.group(1));
        }
        return unix.matches()
                ? Optional.of(new Address(false, unix.group(1) + unescaped(unix.group(2))))
                : Optional.empty();
    }

    /** Port 0 is none: a C library asks so which way a packet would take. */
    private static Optional<Address> ofNetwork(String host, String port) {
        return port.equals("0") ? Optional.empty() : Optional.of(new Address(true, host + ":" + port));
    }

    /** As in C: what is not ASCII is there byte by byte, in octal digits. */
    private static String unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != '\\' || i + 1 == text.length()) {
                bytes.write(letter);
            } else if (Character.digit(text.charAt(i + 1), 8) >= 0) {
                int end = i + 1;
                while (end < text.length() && end < i + 4 && Character.digit(text.charAt(end), 8) >= 0) {
                    end++;
                }
                bytes.write(Integer.parseInt(text.substring(i + 1, end), 8));
                i = end - 1;
            } else {
                bytes.write(control(text.charAt(++i)));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static char control(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> '\u000b';
            default -> letter;
        };
    }
}
