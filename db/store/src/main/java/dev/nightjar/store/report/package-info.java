/**
 * What a report reads beside runs, samples and telemetry: commits, runs in a row, and what the
 * history says of the repository. Read-only.
 */
@NullMarked
package dev.nightjar.store.report;

import org.jspecify.annotations.NullMarked;
