/**
 * A report as a whole: {@link dev.nightjar.site.report.ReportSections} lists its sections in their
 * order, {@link dev.nightjar.site.report.Report} holds what they say, and JSON and summaries are
 * written from it. A new section is a folder in {@code section} and a line in the list; what it
 * needs beyond the store is a port, filled through {@link dev.nightjar.site.report.ReportPorts}.
 */
@NullMarked
package dev.nightjar.site.report;

import org.jspecify.annotations.NullMarked;
