@NullMarked
package dev.pawl.serving;

import org.jspecify.annotations.NullMarked;
