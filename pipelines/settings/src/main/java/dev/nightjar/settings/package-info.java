/**
 * {@code nightjar.yaml}: what may stand in it, what is in force, and where each value comes from.
 *
 * <p>{@link SettingsSchema} is the one list of keys with their types, defaults and meanings; the
 * reader, the commented file that {@code nightjar init} writes, the JSON schema for editors and the
 * table in the documentation are all made from it. A value comes from the environment, else the
 * file, else its default.
 */
@NullMarked
package dev.nightjar.settings;

import org.jspecify.annotations.NullMarked;
