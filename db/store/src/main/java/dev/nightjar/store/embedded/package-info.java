/**
 * The PostgreSQL and the Redis that Nightjar brings along, one of each for every user of a machine.
 *
 * <p>The servers are driven by their own programs and outlive the process that started them.
 * Whoever uses them holds a shared lock on the lease file; a small watcher process stops them when
 * nobody has held it for the idle time. Whoever starts or stops them holds the start lock. Order:
 * lease first, start lock second. Folders are open to their owner alone, passwords are random and
 * kept in files of mode 0600.
 */
@NullMarked
package dev.nightjar.store.embedded;

import org.jspecify.annotations.NullMarked;
