package dev.pawl.ci;

import java.util.List;

/**
 * An output that is other than on the other branch.
 *
 * @param output {@code STEP.OUTPUT}
 * @param how in words: new, gone, or what is other
 * @param columnsAdded of a table
 * @param columnsRemoved of a table
 */
record OutputChange(String output, String how, List<String> columnsAdded, List<String> columnsRemoved) {
    static OutputChange of(String output, String how) {
        return new OutputChange(output, how, List.of(), List.of());
    }

    boolean changesColumns() {
        return !columnsAdded.isEmpty() || !columnsRemoved.isEmpty();
    }
}
