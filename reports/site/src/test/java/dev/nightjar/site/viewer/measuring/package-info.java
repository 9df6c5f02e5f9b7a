/**
 * Programs that measure the viewer; they are run by hand and their output is kept with the docs.
 */
@org.jspecify.annotations.NullMarked
package dev.nightjar.site.viewer.measuring;
