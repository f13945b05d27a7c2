package dev.pawl.ci;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Executor;
import dev.pawl.packaging.Packaging;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Store;
import java.nio.file.Path;

/**
 * What building takes.
 *
 * @param executor has the Python environments that steps run in
 * @param packaging makes what goes with a package
 * @param folder where the checkouts are while they are needed
 * @param caches that builds kept
 * @param bounds of every command
 */
record Workshop(
        Store store,
        Definitions definitions,
        SourceCode source,
        Commands commands,
        Executor executor,
        Packaging packaging,
        Path javaHome,
        Path folder,
        BuildCaches caches,
        CommandWatch.Bounds bounds) {}
