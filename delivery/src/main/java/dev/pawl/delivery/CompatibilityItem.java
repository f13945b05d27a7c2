package dev.pawl.delivery;

/**
 * One question of the compatibility check with its answer.
 *
 * @param name what was asked for: java, memory, {@code command git}, {@code data births}
 * @param required what the pipeline needs
 * @param found what the target offers
 */
public record CompatibilityItem(String name, String required, String found, boolean ok) {
    /** For a message: what is missing. */
    String complaint() {
        return name + ": needs " + required + ", found " + found;
    }
}
