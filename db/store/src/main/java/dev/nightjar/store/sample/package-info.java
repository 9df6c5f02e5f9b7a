/** Samples of benchmarks, series by series, and which of them were disturbed. */
@NullMarked
package dev.nightjar.store.sample;

import org.jspecify.annotations.NullMarked;
