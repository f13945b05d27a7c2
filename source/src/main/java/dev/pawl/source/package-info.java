@NullMarked
package dev.pawl.source;

import org.jspecify.annotations.NullMarked;
