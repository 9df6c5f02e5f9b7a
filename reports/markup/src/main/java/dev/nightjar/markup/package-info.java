/**
 * The one place where text becomes HTML, SVG or XML.
 *
 * <p>Everything a report shows may come from outside: commit messages, file names, results of
 * commands. {@link dev.nightjar.markup.Markup} escapes whatever it is given, and knows no way to
 * write markup that was made elsewhere except the project's own style sheet and script. A template
 * engine was weighed and left out: it escapes as well, but adds a compiler to the build and leaves
 * the charts to be written by hand anyway.
 */
@NullMarked
package dev.nightjar.markup;

import org.jspecify.annotations.NullMarked;
