/**
 * Whose files are obeyed: what stands in {@code nightjar.yaml} names commands that are run, servers
 * that are connected to and folders that are written, so it counts only where this user wrote it or
 * said that it may.
 *
 * <p>{@link dev.nightjar.settings.trust.Place} says where a command works, {@link
 * dev.nightjar.settings.trust.Trust} whether that may be believed, {@link
 * dev.nightjar.settings.trust.TrustFile} remembers what the person said. The choices are in
 * docs/decisions/011.
 */
@NullMarked
package dev.nightjar.settings.trust;

import org.jspecify.annotations.NullMarked;
