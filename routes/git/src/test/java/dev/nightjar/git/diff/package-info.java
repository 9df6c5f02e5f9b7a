@NullMarked
package dev.nightjar.git.diff;

import org.jspecify.annotations.NullMarked;
