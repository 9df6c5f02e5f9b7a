/**
 * Every number of the report as files: CSV for spreadsheets, JSON for programs, Markdown for a pull
 * request, Atom for feed readers.
 */
@NullMarked
package dev.nightjar.site.download;

import org.jspecify.annotations.NullMarked;
