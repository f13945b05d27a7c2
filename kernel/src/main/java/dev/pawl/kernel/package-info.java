@NullMarked
package dev.pawl.kernel;

import org.jspecify.annotations.NullMarked;
