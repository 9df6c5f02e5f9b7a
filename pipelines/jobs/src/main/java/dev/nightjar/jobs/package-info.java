/** Spring Batch: the recipes that put the rooms together. The one room that knows Spring. */
@NullMarked
package dev.nightjar.jobs;

import org.jspecify.annotations.NullMarked;
