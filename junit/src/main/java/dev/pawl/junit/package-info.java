/** Pawl's checks as tests of JUnit 6; see {@link dev.pawl.junit.HostileInputs}. */
@NullMarked
package dev.pawl.junit;

import org.jspecify.annotations.NullMarked;
