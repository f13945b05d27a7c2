@NullMarked
package dev.pawl.delivery;

import org.jspecify.annotations.NullMarked;
