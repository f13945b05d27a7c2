package dev.pawl.executor;

import java.nio.file.Path;
import java.util.List;

/**
 * The container of a command that is no step. It sees these folders, at the paths that they have here, and the image; nothing else of the machine.
 *
 * @param folders that it may write to; where the command runs is in one of them
 * @param memoryBytes that all of it may take; 0 = no limit of its own
 */
public record CommandContainer(Image image, List<Path> folders, long memoryBytes) {}
