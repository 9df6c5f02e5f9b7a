/**
 * How data comes in and goes out live, as Camel routes: thin, each with a route id, all with one
 * error handler that keeps what failed in the dead-letter table. The one room that knows Camel.
 */
@NullMarked
package dev.nightjar.routes;

import org.jspecify.annotations.NullMarked;
