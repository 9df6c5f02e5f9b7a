/**
 * Whose files are obeyed: what stands in {@code nightjar.yaml} names commands that are run, servers
 * that are connected to and folders that are written, so it counts only where this user wrote it or
 * said that it may.
 *
 * <p>{@link dev.nightjar.jobs.trust.Place} says where a command works, {@link
 * dev.nightjar.jobs.trust.Trust} whether that may be believed, {@link
 * dev.nightjar.jobs.trust.TrustFile} remembers what the person said. The choices are in
 * docs/decisions/011.
 */
@NullMarked
package dev.nightjar.jobs.trust;

import org.jspecify.annotations.NullMarked;
