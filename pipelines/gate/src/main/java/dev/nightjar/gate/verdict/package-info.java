/** Verdicts as text: JSON, JUnit, SARIF and Markdown for programs and people elsewhere. */
@NullMarked
package dev.nightjar.gate.verdict;

import org.jspecify.annotations.NullMarked;
