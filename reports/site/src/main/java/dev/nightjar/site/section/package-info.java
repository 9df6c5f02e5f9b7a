/**
 * The report's spine: {@link dev.nightjar.site.section.Section} is one part of it with its query,
 * its page, its JSON and its tables. A section of several files has a folder of its own here, the
 * others stand beside the interface, and {@code ReportSections} lists all of them.
 */
@NullMarked
package dev.nightjar.site.section;

import org.jspecify.annotations.NullMarked;
