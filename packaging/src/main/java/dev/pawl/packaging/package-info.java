/** What goes with a package: its bill of materials, its signed provenance, its image, and how all of it is verified. */
@NullMarked
package dev.pawl.packaging;

import org.jspecify.annotations.NullMarked;
