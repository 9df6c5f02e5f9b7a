/** Verbs that measure and judge, and what they tell of it while they do and in the end. */
@NullMarked
package dev.nightjar.cli.run;

import org.jspecify.annotations.NullMarked;
