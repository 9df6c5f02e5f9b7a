/** Tests of the report, and builders of what it is made from. */
@NullMarked
package dev.nightjar.reports;

import org.jspecify.annotations.NullMarked;
