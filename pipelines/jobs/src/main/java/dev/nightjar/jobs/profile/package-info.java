/**
 * Finds the functions behind verdicts: profiles both versions of a benchmark that changed, and
 * holds what the profile says against what the commits changed.
 */
@NullMarked
package dev.nightjar.jobs.profile;

import org.jspecify.annotations.NullMarked;
