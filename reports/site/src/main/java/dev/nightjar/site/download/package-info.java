/** What the report's files to take away are written with: tables as CSV, and JSON. */
@NullMarked
package dev.nightjar.site.download;

import org.jspecify.annotations.NullMarked;
