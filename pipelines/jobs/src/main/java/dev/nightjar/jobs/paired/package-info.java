/**
 * Two commits measured against each other on this machine, in turns: {@code bench --against} and
 * {@code bisect}. Nothing of it needs a database, so it works on any shared runner.
 */
@NullMarked
package dev.nightjar.jobs.paired;

import org.jspecify.annotations.NullMarked;
