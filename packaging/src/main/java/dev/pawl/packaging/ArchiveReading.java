package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads an exported package that may come from anybody: nothing of it is written anywhere, and only small parts are held in memory. It is
 * written again at the same time, into a digest, so that a byte that belongs to no file cannot differ unseen.
 */
final class ArchiveReading {
    private static final int MOST_ENTRIES = 200_000;

    /** The list of files, the statement, the bill of materials, and what an image says of itself. */
    private static final int LARGEST_TEXT = 64 * 1024 * 1024;

    private static final Set<String> TEXTS =
            Set.of(PackageArchive.LIST, Provenance.FILE, Sbom.FILE, PackageArchive.IMAGE + "index.json");

    /** What an image says of itself is shorter; layers need not be held. */
    private static final int LARGEST_DOCUMENT = 1024 * 1024;

    /** Of all texts together. */
    static final long MOST_TEXT = 128L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final Map<String, Entry> entries = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final long mostText;
    private long heldText;

    /** @param text of what is short and has a meaning of its own */
    record Entry(Digest digest, boolean executable, Optional<String> text) {}

    private ArchiveReading(long mostText) {
        this.mostText = mostText;
    }

    static ArchiveReading of(Path archive) {
        return of(archive, MOST_TEXT);
    }

    /** @param mostText how many bytes of texts are held in memory, after which the archive is refused */
    static ArchiveReading of(Path archive, long mostText) {
        ArchiveReading reading = new ArchiveReading(mostText);
        try {
            reading.read(archive);
        } catch (IOException | IllegalArgumentException e) {
            reading.problem("not-an-archive", "", "it cannot be read to its end as a tar file: " + e.getMessage());
        }
        return reading;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    List<Problem> problems() {
        return problems;
    }

    private void read(Path archive) throws IOException {
        MessageDigest asRead = Digest.sha256();
        MessageDigest asWritten = Digest.sha256();
        Tar again = new Tar(new DigestOutputStream(OutputStream.nullOutputStream(), asWritten));
        try (InputStream file = new DigestInputStream(new BufferedInputStream(Files.newInputStream(archive)), asRead);
                TarArchiveInputStream in = new TarArchiveInputStream(file, "UTF-8")) {
            int count = 0;
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++count > MOST_ENTRIES) {
                    problem("too-many-files", "", "it has more than %,d files".formatted(MOST_ENTRIES));
                    return;
                }
                take(entry, in, again);
                if (heldText > mostText) {
                    problem("too-long", "", "its texts are longer than %,d bytes together".formatted(mostText));
                    return;
                }
            }
            again.finish();
            file.transferTo(OutputStream.nullOutputStream());
        }
        if (!Arrays.equals(asRead.digest(), asWritten.digest())) {
            problem(
                    "not-as-written",
                    "",
                    "it is not, byte for byte, what Pawl writes for these files: something was changed between or"
                            + " after them");
        }
    }

    private void take(TarArchiveEntry entry, InputStream in, Tar again) throws IOException {
        String name = entry.getName();
        if (!isPlain(entry)) {
            problem("not-a-file", name, "only regular files may be in it: no folders, links or devices");
            return;
        }
        if (!isSane(name)) {
            problem("bad-path", name, "the path leads outside, or is not one that Pawl writes");
            return;
        }
        boolean executable = (entry.getMode() & 0100) != 0;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        MessageDigest sha = Digest.sha256();
        int held = TEXTS.contains(name) ? LARGEST_TEXT : name.startsWith(PackageArchive.IMAGE) ? LARGEST_DOCUMENT : 0;
        boolean isHeld = held > 0 && entry.getSize() <= held && heldText + entry.getSize() <= mostText;
        heldText += held > 0 && entry.getSize() <= held ? entry.getSize() : 0;
        again.add(name, entry.getSize(), executable, out -> {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
                out.write(buffer, 0, n);
                if (isHeld) {
                    text.write(buffer, 0, n);
                }
            }
        });
        Entry taken = new Entry(
                Digest.of(sha),
                executable,
                isHeld ? Optional.of(text.toString(StandardCharsets.UTF_8)) : Optional.empty());
        if (entries.putIfAbsent(name, taken) != null) {
            problem("file-twice", name, "it is there twice");
        }
    }

    static boolean isPlain(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isSparse()
                && !entry.isLink()
                && !entry.isSymbolicLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }

    static boolean isSane(String name) {
        return !name.startsWith("/")
                && !name.contains("\\")
                && name.indexOf('\0') < 0
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private void problem(String code, String file, String text) {
        problems.add(new Problem(code, file, text));
    }

    /** @throws PawlException if there is no such file */
    static void requireFile(Path archive) {
        if (!Files.isRegularFile(archive)) {
            throw PawlException.notFound("no-file", archive + " is not there; 'pawl package export' makes such files");
        }
    }
}
