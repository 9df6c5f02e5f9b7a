/** What more than one section, chart or page says: results with their history, commits, runs. */
@NullMarked
package dev.nightjar.site.data;

import org.jspecify.annotations.NullMarked;
