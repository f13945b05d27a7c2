/// The rules of the house, as tests over the whole repository. They look at what the other modules built and at the
/// files
/// that git knows; they know no product class.
@NullMarked
package dev.pawl.house;

import org.jspecify.annotations.NullMarked;
