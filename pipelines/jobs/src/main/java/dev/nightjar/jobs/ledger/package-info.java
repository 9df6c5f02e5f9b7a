/**
 * The run ledger: which run is whose, and how it ends.
 *
 * <p>A run belongs to the process that holds its lock. The lock's token goes with everything the
 * owner writes, and the database refuses it once another has acquired the lock. A run whose lock is
 * free is dead, whatever its row says; a start in the same checkout goes on with it or leaves it as
 * abandoned. The run's row is the one truth about its end: Batch's tables only tell which steps are
 * done.
 */
@NullMarked
package dev.nightjar.jobs.ledger;

import org.jspecify.annotations.NullMarked;
