/**
 * How data comes in and goes out live, as Camel routes: thin, each with a route id, all with one
 * error handler that keeps what failed in the dead-letter table. The one room that knows Camel.
 *
 * <p>{@link dev.nightjar.doors.Doors} has the routes of a process, for all of its runs. By {@link
 * dev.nightjar.doors.Ingest} things come in during a run, in the thread of the one who sends, so
 * that a step knows that what it sent is stored when the call returns. By {@link
 * dev.nightjar.doors.RunEvents} those who listen hear of it, each in a thread of its own.
 */
@NullMarked
package dev.nightjar.doors;

import org.jspecify.annotations.NullMarked;
