@NullMarked
package dev.pawl.definition;

import org.jspecify.annotations.NullMarked;
