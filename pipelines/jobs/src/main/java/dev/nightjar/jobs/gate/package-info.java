/**
 * The gate over real runs: which earlier runs a present one is held against, what disturbed its
 * samples, which results are missing, and what the policy makes of it all. Runs come from the
 * database, from result files, or from a folder of runs that is carried from one ephemeral machine
 * to the next; they are judged by the same code.
 */
@NullMarked
package dev.nightjar.jobs.gate;

import org.jspecify.annotations.NullMarked;
