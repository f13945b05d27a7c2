package dev.pawl.packaging;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a jar says of itself. Somebody else made it: what cannot be read says nothing.
 *
 * @param libraries the Maven coordinates of what is in it, that of the jar itself first
 * @param java the feature version of Java that its classes need; 0 if it has none
 */
record JarReading(List<Coordinates> libraries, int java) {
    private static final Pattern COORDINATES = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
    private static final int LARGEST_PROPERTIES = 64 * 1024;
    private static final int MOST_ENTRIES = 200_000;
    private static final int CLASS_MAGIC = 0xCAFEBABE;

    /** The class file version of Java 1.0 was 44 or 45; since then each feature version has its own. */
    private static final int BEFORE_JAVA_1 = 44;

    private static final JarReading NOTHING = new JarReading(List.of(), 0);

    static JarReading of(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<Coordinates> found = new ArrayList<>();
            int java = 0;
            for (ZipEntry entry : zip.stream().limit(MOST_ENTRIES).toList()) {
                if (COORDINATES.matcher(entry.getName()).matches()) {
                    found.addAll(coordinates(beginning(zip, entry, LARGEST_PROPERTIES)));
                } else if (isPlainClass(entry.getName())) {
                    java = Math.max(java, javaOf(beginning(zip, entry, Long.BYTES)));
                }
            }
            String name = jar.getFileName().toString();
            found.sort(Comparator.comparing((Coordinates it) -> !isItself(it, name))
                    .thenComparing(it -> it.purl().orElse("")));
            return new JarReading(List.copyOf(found), java);
        } catch (IOException | IllegalArgumentException _) {
            return NOTHING;
        }
    }

    /** Those for newer versions of Java than needed do not count. */
    private static boolean isPlainClass(String name) {
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    private static boolean isItself(Coordinates found, String file) {
        return file.equals(found.name() + "-" + found.version().orElse("") + ".jar");
    }

    private static List<Coordinates> coordinates(byte[] content) throws IOException {
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(content));
        String group = properties.getProperty("groupId", "");
        String artifact = properties.getProperty("artifactId", "");
        String version = properties.getProperty("version", "");
        return group.isBlank() || artifact.isBlank() || version.isBlank()
                ? List.of()
                : List.of(Coordinates.maven(group, artifact, version));
    }

    private static int javaOf(byte[] head) throws IOException {
        if (head.length < Long.BYTES) {
            return 0;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(head));
        boolean isClass = in.readInt() == CLASS_MAGIC;
        in.readUnsignedShort(); // the minor version
        return isClass ? Math.max(1, in.readUnsignedShort() - BEFORE_JAVA_1) : 0;
    }

    private static byte[] beginning(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(most);
        }
    }
}
