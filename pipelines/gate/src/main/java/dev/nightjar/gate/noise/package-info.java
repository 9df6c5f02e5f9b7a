/** What the machine did while something was measured, and which samples count less for it. */
@NullMarked
package dev.nightjar.gate.noise;

import org.jspecify.annotations.NullMarked;
