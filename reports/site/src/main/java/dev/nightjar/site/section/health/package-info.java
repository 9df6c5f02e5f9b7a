/**
 * What the history says of the repository: activity, hotspots, what changes together, owners,
 * branches.
 */
@NullMarked
package dev.nightjar.site.section.health;

import org.jspecify.annotations.NullMarked;
