/**
 * Runs and what belongs to them: repositories and hosts, verdicts, failures, acknowledgements, dead
 * letters.
 */
@NullMarked
package dev.nightjar.store.run;

import org.jspecify.annotations.NullMarked;
