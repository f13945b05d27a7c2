@NullMarked
package dev.pawl.experiment;

import org.jspecify.annotations.NullMarked;
