/**
 * What is live on this host, and the remedy for what is not: the checks behind {@code nightjar
 * doctor}.
 *
 * <p>A check looks and never changes anything; in particular it starts no store.
 */
@NullMarked
package dev.nightjar.cli.doctor;

import org.jspecify.annotations.NullMarked;
