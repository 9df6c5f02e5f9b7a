/** The schema and its versions, and the role under which people read. */
@NullMarked
package dev.nightjar.store.schema;

import org.jspecify.annotations.NullMarked;
