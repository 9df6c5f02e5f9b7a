/**
 * Spring Batch without its containers: a JDBC job repository in the schema {@code batch}, and an
 * operator that runs a recipe of steps in the calling thread.
 *
 * <p>A step's work is not wrapped in a transaction of Batch's: a step writes through its own, chunk
 * by chunk, and is written to be called again after a kill.
 */
@NullMarked
package dev.nightjar.jobs.batch;

import org.jspecify.annotations.NullMarked;
