/**
 * How data comes in and goes out live, as Camel routes: thin, each with a route id, all with one
 * error handler that keeps what failed in the dead-letter table. The one room that knows Camel.
 *
 * <p>{@link dev.nightjar.doors.Ingest} is the door: it starts the routes for one run and sends
 * things down them. Routes run in the thread of the one who sends, so that a step knows that what
 * it sent is stored when the call returns.
 */
@NullMarked
package dev.nightjar.doors;

import org.jspecify.annotations.NullMarked;
