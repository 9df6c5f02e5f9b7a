/**
 * What people open: the static report, made from the database alone, that needs no network and no
 * server.
 */
@NullMarked
package dev.nightjar.reports;

import org.jspecify.annotations.NullMarked;
