/**
 * All that a report says, read from the database: {@link dev.nightjar.site.data.ReportData} and its
 * parts.
 */
@NullMarked
package dev.nightjar.site.data;

import org.jspecify.annotations.NullMarked;
