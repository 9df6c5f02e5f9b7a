/** Answers of research with what they stand on. */
@NullMarked
package dev.nightjar.site.section.research;

import org.jspecify.annotations.NullMarked;
