/** What profilers' addresses and names mean, asked of debug information and read within bounds. */
@NullMarked
package dev.nightjar.bench.profile.symbols;

import org.jspecify.annotations.NullMarked;
