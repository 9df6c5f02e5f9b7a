/** Read-only queries of people: named ones and their own. */
@NullMarked
package dev.nightjar.store.query;

import org.jspecify.annotations.NullMarked;
