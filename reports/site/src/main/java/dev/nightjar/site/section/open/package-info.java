/** What is slow since an earlier run, until a measurement or a person ends it. */
@NullMarked
package dev.nightjar.site.section.open;

import org.jspecify.annotations.NullMarked;
