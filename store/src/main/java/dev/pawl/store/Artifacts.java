package dev.pawl.store;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files and folders, named by the digest of their content, in a folder of the local disk. An object is written aside, synced
 * and renamed, so that it is there whole or not at all; every read checks it. Safe for use by many threads and processes.
 */
public final class Artifacts {
    /** The code of what is thrown when the content of an artifact is not what was put. */
    public static final String DAMAGED = "artifact-damaged";

    private static final int BUFFER = 64 * 1024;
    private static final int MOST_FILES = 100_000;

    private final Path root;
    private final Path objects;
    private final Path aside;
    private final SetAside setAside;
    private final ArtifactWriter writer;

    Artifacts(Path root, Disk disk, Ids ids) {
        this.root = root;
        this.objects = root.resolve("objects");
        this.aside = root.resolve("aside");
        makeFolder(objects);
        makeFolder(aside);
        this.setAside = new SetAside(root.resolve("set-aside"));
        makeFolder(setAside.folder());
        this.writer = new ArtifactWriter(this, disk, ids);
    }

    public static Artifacts in(Path root, Ids ids) {
        return new Artifacts(root, Disk.real(), ids);
    }

    /** A file of a folder, its path relative and with forward slashes. The list of them, sorted by path, is the folder's object. */
    record Member(String path, Digest digest, boolean executable) {}

    public Digest put(byte[] content) {
        return writer.put(content);
    }

    public Digest putText(String content) {
        return put(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps a file, or a folder with all its regular files. Links and special files are refused. */
    public Digest put(Path source) {
        if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            return put(source, List.of(source));
        }
        requireRegular(source);
        return writer.put(source);
    }

    /** Keeps some files and folders below a root as one folder; their paths in it are relative to the root. */
    public Digest put(Path root, Collection<Path> filesAndFolders) {
        SortedMap<String, Member> members = new TreeMap<>();
        filesAndFolders.forEach(source -> addMembers(root, source, members));
        return putText(Json.write(members.values()));
    }

    public boolean has(Digest digest) {
        try (InputStream _ = open(digest)) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw ArtifactFailure.trouble("read artifact " + digest, e);
        }
    }

    /** How many bytes its content has. */
    public long size(Digest digest) {
        try (InputStream _ = open(digest)) {
            return Files.size(path(digest));
        } catch (NoSuchFileException e) {
            throw absent(digest);
        } catch (IOException e) {
            throw ArtifactFailure.trouble("read artifact " + digest, e);
        }
    }

    /** The whole content, checked; for what is known to be small. */
    public byte[] bytes(Digest digest) {
        var content = new ByteArrayOutputStream();
        copy(digest, content);
        return content.toByteArray();
    }

    public String text(Digest digest) {
        return new String(bytes(digest), StandardCharsets.UTF_8);
    }

    /** The first bytes of a content that may be large; a part cannot be checked. */
    public byte[] beginning(Digest digest, int most) {
        try (InputStream in = open(digest)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw ArtifactFailure.trouble("read artifact " + digest, e);
        }
    }

    /** Reads a file's content to its end; throws what {@link #copyTo} does. */
    public void check(Digest digest) {
        copy(digest, OutputStream.nullOutputStream());
    }

    /** Streams a file's content, checked: a damaged object throws at its end, after its bytes. */
    public void copyTo(Digest digest, OutputStream target) {
        copy(digest, target);
    }

    /** Removes what a killed process left half written. Only for who is alone in the folder. */
    public void tidy() {
        try (Stream<Path> left = Files.list(aside)) {
            left.forEach(Artifacts::deleteQuietly);
        } catch (IOException e) {
            throw ArtifactFailure.trouble("read " + aside, e);
        }
    }

    /** Writes a file's content to a new file. If the object turns out to be damaged, the target is gone again. */
    public void writeTo(Digest digest, Path target) {
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try (OutputStream out = Files.newOutputStream(target)) {
                copy(digest, out);
            }
        } catch (IOException e) {
            deleteQuietly(target);
            throw ArtifactFailure.trouble("write " + target, e);
        } catch (PawlException e) {
            deleteQuietly(target);
            throw e;
        }
    }

    /** Writes a folder's files below a folder, made if it is not there. */
    public void writeFolderTo(Digest digest, Path target) {
        Path root = target.toAbsolutePath().normalize();
        makeFolder(root);
        for (Member member : Json.read(text(digest), Member[].class)) {
            Path file = root.resolve(member.path()).normalize();
            if (!file.startsWith(root)) {
                throw ArtifactFailure.damaged(digest, "it names a file outside of itself: " + member.path());
            }
            writeTo(member.digest(), file);
            if (member.executable() && !file.toFile().setExecutable(true)) {
                throw ArtifactFailure.trouble("make executable " + file, new IOException("refused"));
            }
        }
    }

    /** The files of a folder by path, in the order of their paths. */
    public SortedMap<String, Digest> members(Digest folder) {
        SortedMap<String, Digest> members = new TreeMap<>();
        for (Member member : Json.read(text(folder), Member[].class)) {
            members.put(member.path(), member.digest());
        }
        return members;
    }

    /** Keeps a folder of files that are kept already, by path. */
    public Digest folder(SortedMap<String, Digest> files) {
        return putText(Json.write(files.entrySet().stream()
                .map(file -> new Member(file.getKey(), file.getValue(), false))
                .toList()));
    }

    /** The file at a path of a folder, if it has one there. */
    public Optional<Digest> member(Digest folder, String path) {
        return Arrays.stream(Json.read(text(folder), Member[].class))
                .filter(member -> member.path().equals(path))
                .map(Member::digest)
                .findFirst();
    }

    private void addMembers(Path root, Path source, SortedMap<String, Member> members) {
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path file : walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                requireRegular(file);
                String name = root.relativize(file).toString().replace('\\', '/');
                members.put(name, new Member(name, put(file), Files.isExecutable(file)));
                requireFew(root, members.size());
            }
        } catch (IOException | UncheckedIOException e) {
            throw ArtifactFailure.trouble("read " + source, e instanceof IOException io ? io : new IOException(e));
        }
    }

    private void copy(Digest digest, OutputStream target) {
        MessageDigest sha = Digest.sha256();
        try (InputStream in = open(digest)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
                target.write(buffer, 0, n);
            }
        } catch (NoSuchFileException e) {
            throw absent(digest);
        } catch (IOException e) {
            throw ArtifactFailure.trouble("read artifact " + digest, e);
        }
        if (!Digest.of(sha).equals(digest)) {
            throw ArtifactFailure.damaged(digest, "its content has another digest");
        }
    }

    private PawlException absent(Digest digest) {
        return PawlException.notFound("no-artifact", "There is no artifact " + digest + " in " + objects);
    }

    InputStream open(Digest digest) throws IOException {
        return setAside.open(digest, path(digest));
    }

    Path root() {
        return root;
    }

    Path objects() {
        return objects;
    }

    Path aside() {
        return aside;
    }

    SetAside setAside() {
        return setAside;
    }

    Path path(Digest digest) {
        return objects.resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex().substring(2));
    }

    private static void requireRegular(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw PawlException.user(
                    "not-a-file",
                    file + " is not a regular file or folder (links are not kept); copy its target instead");
        }
    }

    private static void requireFew(Path folder, int files) {
        if (files > MOST_FILES) {
            throw PawlException.limit("too-many-files", folder + " has more than " + MOST_FILES + " files");
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw ArtifactFailure.trouble("make the folder " + folder, e);
        }
    }

    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(Artifacts.class.getName()).log(System.Logger.Level.WARNING, "left behind: " + file, e);
        }
    }
}
