/** The parts of a report's page, one class each: a heading of its own, and what stands under it. */
@NullMarked
package dev.nightjar.site.section;

import org.jspecify.annotations.NullMarked;
