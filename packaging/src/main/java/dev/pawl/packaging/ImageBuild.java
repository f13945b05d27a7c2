package dev.pawl.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * Builds the image of a package, without any daemon. The same package of the same commit on the same base has the same image, to the
 * byte, whenever and wherever it is built.
 *
 * @param bases where layers of base images are kept for the next time
 * @param work for what is written on the way
 * @param source where the package's files are, and a base that is a file
 */
record ImageBuild(Artifacts artifacts, Path bases, Path work, Path source) {
    static final String PACKAGE = "/pawl/package";

    /** Nobody: a number, so that an engine can see that it is not root's. */
    private static final String USER = "65532:65532";

    private static final FilePermissions PLAIN = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    Made.Image build(CiPlan ci, Origin origin, Digest packageDigest, List<PackageFile> files)
            throws InterruptedException {
        String base = base(ci);
        String name = "localhost/pawl/%s:%s"
                .formatted(origin.project(), origin.commit().value().substring(0, 12));
        Path tar = Folders.make(work).resolve("image.tar");
        try {
            run(
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
                    plan(ci, origin, packageDigest, files),
                    Containerizer.to(target).setAllowInsecureRegistries(Push.isOnThisMachine(push.to())));
        } catch (InvalidImageReferenceException | RegistryUnauthorizedException e) {
            throw push.refused(e);
        } catch (IOException | RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw push.failed(e);
        }
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
            return base.contains("@")
                    ? Jib.from(RegistryImage.named(base))
                    : Jib.from(TarImage.at(source.resolve(base)));
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

    private void run(JibContainerBuilder plan, Containerizer into)
            throws InterruptedException, IOException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException {
        plan.containerize(into.setBaseImageLayersCache(Folders.make(bases))
                .setApplicationLayersCache(Folders.make(work.resolve("layers")))
                .setToolName("pawl"));
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
