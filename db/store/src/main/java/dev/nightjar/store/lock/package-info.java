/** Named locks with fencing tokens, held by a session of the database. */
@NullMarked
package dev.nightjar.store.lock;

import org.jspecify.annotations.NullMarked;
