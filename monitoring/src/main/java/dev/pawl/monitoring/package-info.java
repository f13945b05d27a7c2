@NullMarked
package dev.pawl.monitoring;

import org.jspecify.annotations.NullMarked;
