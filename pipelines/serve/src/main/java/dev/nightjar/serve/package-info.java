/** The server's commands, and what they answer behind the door for HTTP. Nothing lives here yet. */
@NullMarked
package dev.nightjar.serve;

import org.jspecify.annotations.NullMarked;
