/**
 * How a database is reached and written in bulk: connections and the rules of work on them, COPY
 * and arrays, and what a failure of SQL means to people.
 */
@NullMarked
package dev.nightjar.store.sql;

import org.jspecify.annotations.NullMarked;
