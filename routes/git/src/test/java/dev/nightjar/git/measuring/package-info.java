/** Programs that are run by hand: over real repositories, or to make very large ones. */
@NullMarked
package dev.nightjar.git.measuring;

import org.jspecify.annotations.NullMarked;
