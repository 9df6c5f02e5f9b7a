/**
 * The gate as a command: what the settings ask of it, put together from the history, the judge and
 * the decision of {@code pipelines/gate}.
 */
@NullMarked
package dev.nightjar.jobs.gate;

import org.jspecify.annotations.NullMarked;
