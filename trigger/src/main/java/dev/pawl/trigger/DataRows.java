package dev.pawl.trigger;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import java.time.Instant;

/** Counts the rows of a source of data, as they were known at a moment. May be slow. */
public interface DataRows {
    /** @param packageDigest the deployed package, in which relative paths lie */
    long rows(Definition definition, Digest packageDigest, String source, Instant asOf) throws Exception;
}
