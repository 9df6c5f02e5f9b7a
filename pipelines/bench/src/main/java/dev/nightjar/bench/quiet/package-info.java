/**
 * A quiet CPU for what is measured: boost leases and CPUs of their own, where the host has them.
 * Nothing here changes the host beyond the run: a lease ends with the process that took it.
 */
@NullMarked
package dev.nightjar.bench.quiet;

import org.jspecify.annotations.NullMarked;
