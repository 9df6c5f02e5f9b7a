/**
 * Tests of the stores, on real PostgreSQL and Redis servers whose folders lie in the build's own.
 *
 * <p>Tests that need a server share one of their own: {@link SharedStores}. Tests that start, kill
 * or starve servers make theirs.
 */
@NullMarked
package dev.nightjar.store;

import org.jspecify.annotations.NullMarked;
