@NullMarked
package dev.pawl.executor;

import org.jspecify.annotations.NullMarked;
