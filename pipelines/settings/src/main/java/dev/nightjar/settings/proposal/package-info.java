/**
 * What {@code nightjar init} proposes: looks into a project for the benchmarks that it has, one
 * class for each way to have them, and writes settings that run them. Whoever made the project
 * chose its names, so they are quoted in commands and YAML, and what is read is bounded. Nothing is
 * run.
 */
@NullMarked
package dev.nightjar.settings.proposal;

import org.jspecify.annotations.NullMarked;
