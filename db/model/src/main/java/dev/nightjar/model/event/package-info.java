/**
 * What happens in a run, published once and heard by whoever wants to: the display of progress, the
 * live stream, notifications, servers.
 */
@NullMarked
package dev.nightjar.model.event;

import org.jspecify.annotations.NullMarked;
