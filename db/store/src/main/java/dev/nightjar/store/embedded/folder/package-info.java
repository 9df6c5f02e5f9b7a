/**
 * Folders and files that belong to one user alone: who owns them, who holds them, what is secret in
 * them.
 */
@NullMarked
package dev.nightjar.store.embedded.folder;

import org.jspecify.annotations.NullMarked;
