/**
 * The commands a person types, one class a verb. The one room that knows Commons CLI, and the one
 * place that turns a failure into a sentence and an exit code.
 */
@NullMarked
package dev.nightjar.cli;

import org.jspecify.annotations.NullMarked;
