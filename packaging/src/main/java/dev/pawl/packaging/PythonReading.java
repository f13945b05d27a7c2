package dev.pawl.packaging;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The libraries that Python's requirements and lock files, and names of wheels, pin to a version. What is not pinned is not told. */
final class PythonReading {
    private static final Set<String> LOCKS = Set.of("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml");
    private static final Pattern REQUIREMENTS = Pattern.compile("[A-Za-z0-9_.-]*requirements[A-Za-z0-9_.-]*\\.txt");
    /** Nothing in it can be tried in two ways: somebody else wrote the file that it is for. */
    private static final Pattern PINNED = Pattern.compile("(?m)^[ \\t]*+([A-Za-z0-9][A-Za-z0-9._-]*+)[ \\t]*+"
            + "(?:\\[[^\\]\\r\\n]*+\\])?+[ \\t]*+===?+[ \\t]*+([A-Za-z0-9][A-Za-z0-9.!+_-]*+)");

    private static final Pattern LOCKED = Pattern.compile(
            "(?m)^\\[\\[packages?\\]\\][ \\t]*+\\Rname = \"([^\"\\r\\n]++)\"[ \\t]*+\\Rversion = \"([^\"\\r\\n]++)\"");
    private static final Pattern WHEEL =
            Pattern.compile("([A-Za-z0-9._]+)-([A-Za-z0-9.!+_]+)(-[^-]+)?-[^-]+-[^-]+-[^-]+\\.whl");

    private PythonReading() {}

    static boolean isLock(PackageFile file) {
        return LOCKS.contains(file.name()) || REQUIREMENTS.matcher(file.name()).matches();
    }

    static List<Coordinates> libraries(PackageFile lock, String content) {
        Pattern pattern = LOCKS.contains(lock.name()) ? LOCKED : PINNED;
        return pattern.matcher(content)
                .results()
                .map(found -> Coordinates.python(found.group(1), found.group(2)))
                .distinct()
                .toList();
    }

    static Optional<Coordinates> wheel(PackageFile file) {
        Matcher name = WHEEL.matcher(file.name());
        return name.matches() ? Optional.of(Coordinates.python(name.group(1), name.group(2))) : Optional.empty();
    }
}
