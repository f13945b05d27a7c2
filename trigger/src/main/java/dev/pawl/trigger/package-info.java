@NullMarked
package dev.pawl.trigger;

import org.jspecify.annotations.NullMarked;
