/** The functions behind what changed: differential flame graphs and their tables. */
@NullMarked
package dev.nightjar.site.section.functions;

import org.jspecify.annotations.NullMarked;
