package dev.pawl.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.pawl.definition.CiPlan;
import dev.pawl.definition.CiPlan.ImagePlan;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/**
 * Builds the image of a package, without any daemon. The same package of the same commit on the same base has the same image, to the
 * byte, whenever and wherever it is built.
 *
 * @param work for what is written on the way, layers of the base among it: what one project brings in must not get into the image of
 *     another
 * @param source where the package's files are, and a base that is a file
 */
record ImageBuild(Artifacts artifacts, Path work, Path source) {
    static final String PACKAGE = "/pawl/package";

    /** Nobody: a number, so that an engine can see that it is not root's. */
    private static final String USER = "65532:65532";

    private static final FilePermissions PLAIN = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    Made.Image build(CiPlan ci, Origin origin, Digest packageDigest, List<PackageFile> files)
            throws InterruptedException {
        String base = base(ci);
        String name = name(origin.project().value(), origin.commit().value());
        Path tar = Folders.make(work).resolve("image.tar");
        try {
            run(
                    base,
                    plan(ci, origin, packageDigest, files),
                    Containerizer.to(TarImage.at(tar).named(name))
                            .setAllowInsecureRegistries(Push.isOnThisMachine(base)));
        } catch (InvalidImageReferenceException e) {
            throw unfit(base, e);
        } catch (IOException | RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw isTheirs(base) ? unfit(base, e) : PawlException.external("no-image", message(base, e), e);
        }
        Digest layout = new ImageLayout(artifacts, work.resolve("layout")).keep(tar);
        return new Made.Image(
                name,
                manifest(layout),
                layout,
                artifacts.members(layout).values().stream()
                        .mapToLong(artifacts::size)
                        .sum(),
                base,
                baseDigest(base));
    }

    /** Builds it once more, which gives the same, into a registry. */
    void push(CiPlan ci, Origin origin, Digest packageDigest, List<PackageFile> files, Push push)
            throws InterruptedException {
        try {
            RegistryImage target = RegistryImage.named(push.to());
            push.login().ifPresent(login -> target.addCredential(login.user(), login.password()));
            run(
                    base(ci),
                    plan(ci, origin, packageDigest, files),
                    Containerizer.to(target).setAllowInsecureRegistries(Push.isOnThisMachine(push.to())));
        } catch (InvalidImageReferenceException | RegistryUnauthorizedException e) {
            throw push.refused(e);
        } catch (IOException | RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw push.failed(e);
        }
    }

    static String name(String project, String commit) {
        return "localhost/pawl/%s:%s".formatted(project, commit.substring(0, Math.min(12, commit.length())));
    }

    private static String base(CiPlan ci) {
        return ci.image().map(ImagePlan::base).orElse(ImagePlan.SCRATCH);
    }

    private Digest manifest(Digest layout) {
        Digest index = artifacts.member(layout, "index.json").orElseThrow();
        return new Digest(
                Json.tree(artifacts.text(index)).at("/manifests/0/digest").asString());
    }

    private JibContainerBuilder plan(CiPlan ci, Origin origin, Digest packageDigest, List<PackageFile> files) {
        return from(base(ci))
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setCreationTime(origin.committedAt())
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(PACKAGE))
                .addEnvironmentVariable("PAWL_PACKAGE", PACKAGE)
                .setEntrypoint(List.of())
                .setProgramArguments(List.of())
                .setLabels(labels(origin, packageDigest))
                .setFileEntriesLayers(layers(ci, files));
    }

    private static Map<String, String> labels(Origin origin, Digest packageDigest) {
        String standard = "org.opencontainers.image.";
        Map<String, String> labels = new TreeMap<>();
        labels.put(standard + "title", origin.project().value());
        labels.put(standard + "source", origin.repository());
        labels.put(standard + "revision", origin.commit().value());
        labels.put(standard + "version", packageDigest.brief());
        labels.put(standard + "created", origin.committedAt().toString());
        labels.put("dev.pawl.package", packageDigest.value());
        return labels;
    }

    /** One for each thing that {@code ci.package} names, one for the rest: what did not change is stored and sent once. */
    private List<FileEntriesLayer> layers(CiPlan ci, List<PackageFile> files) {
        List<PackageFile> left = new ArrayList<>(files);
        List<FileEntriesLayer> layers = new ArrayList<>();
        for (String named : ci.packaged()) {
            List<PackageFile> within = left.stream()
                    .filter(file ->
                            Path.of(file.path()).startsWith(Path.of(named).normalize()))
                    .toList();
            left.removeAll(within);
            layers.add(layer(named, within));
        }
        layers.add(layer("rest", left));
        return layers.stream().filter(layer -> !layer.getEntries().isEmpty()).toList();
    }

    private FileEntriesLayer layer(String name, List<PackageFile> files) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (PackageFile file : files) {
            layer.addEntry(
                    source.resolve(file.path()),
                    AbsoluteUnixPath.get(PACKAGE).resolve(file.path()),
                    file.executable() ? EXECUTABLE : PLAIN);
        }
        return layer.build();
    }

    private JibContainerBuilder from(String base) {
        if (base.equals(ImagePlan.SCRATCH)) {
            return Jib.fromScratch();
        }
        try {
            if (base.contains("@")) {
                return Jib.from(RegistryImage.named(base));
            }
            new BaseTar(source, base).requireSound();
            return Jib.from(TarImage.at(source.resolve(base)));
        } catch (InvalidImageReferenceException e) {
            throw unfit(base, e);
        }
    }

    private Optional<Digest> baseDigest(String base) {
        return base.equals(ImagePlan.SCRATCH)
                ? Optional.empty()
                : Optional.of(
                        base.contains("@")
                                ? new Digest(base.substring(base.indexOf('@') + 1))
                                : artifacts.put(source.resolve(base)));
    }

    private void run(String base, JibContainerBuilder plan, Containerizer into)
            throws InterruptedException, IOException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        plan.containerize(into.setBaseImageLayersCache(Folders.make(work.resolve("bases")))
                .setApplicationLayersCache(Folders.make(work.resolve("layers")))
                .addEventHandler(LogEvent.class, event -> log.add(event.getMessage()))
                .setToolName("pawl"));
        if (base.contains("@")) {
            requirePulled(base, log);
        }
    }

    /**
     * Jib checks every blob, but no manifest: a registry may answer with any. It says which one it got, as nothing of it is kept between
     * builds. Of a list of images it tells the digest of the list only, so what it points to is not known.
     */
    private static void requirePulled(String base, Queue<String> log) {
        String pinned = base.substring(base.indexOf('@') + 1);
        if (!log.contains("Using base image with digest: " + pinned)) {
            throw PawlException.user(
                    "bad-base-image",
                    "The registry has given another image than '%s' (ci.image.base): do not trust it".formatted(base));
        }
        if (log.stream().anyMatch(line -> line.endsWith("in the base image manifest list"))) {
            throw PawlException.user(
                    "bad-base-image",
                    "'%s' (ci.image.base) is a list of images for several platforms: pin the digest of the one for linux/%s"
                            .formatted(base, architecture()));
        }
    }

    /** What is wrong with a file of the repository is its author's business; a registry may answer tomorrow. */
    private static boolean isTheirs(String base) {
        return !base.contains("@") && !base.equals(ImagePlan.SCRATCH);
    }

    private static PawlException unfit(String base, Exception e) {
        PawlException error = PawlException.user("bad-base-image", message(base, e));
        error.addSuppressed(e);
        return error;
    }

    private static String message(String base, Exception e) {
        return "The image could not be built on '%s' (ci.image.base): %s. A file must be what 'podman save --format docker-archive' writes"
                .formatted(base, e.getMessage());
    }

    private static String architecture() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }
}
