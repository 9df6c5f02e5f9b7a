/** Tests of the viewer, of what it is made from and of what it does in a browser. */
@org.jspecify.annotations.NullMarked
package dev.nightjar.site.viewer;
