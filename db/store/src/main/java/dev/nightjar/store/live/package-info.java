/** What Redis passes on live. */
@NullMarked
package dev.nightjar.store.live;

import org.jspecify.annotations.NullMarked;
