@NullMarked
package dev.pawl.registry;

import org.jspecify.annotations.NullMarked;
