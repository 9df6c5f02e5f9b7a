/** Tests of the report, and builders of what it is made from. */
@NullMarked
package dev.nightjar.site;

import org.jspecify.annotations.NullMarked;
