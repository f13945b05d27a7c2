@NullMarked
package dev.pawl.ci;

import org.jspecify.annotations.NullMarked;
