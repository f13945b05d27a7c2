@NullMarked
package dev.pawl.pipeline;

import org.jspecify.annotations.NullMarked;
