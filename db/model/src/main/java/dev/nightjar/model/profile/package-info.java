/** Where a program spends what it costs, in two versions of it: what profilers find. */
@NullMarked
package dev.nightjar.model.profile;

import org.jspecify.annotations.NullMarked;
