/** What came in since the run before. */
@NullMarked
package dev.nightjar.site.section.commits;

import org.jspecify.annotations.NullMarked;
