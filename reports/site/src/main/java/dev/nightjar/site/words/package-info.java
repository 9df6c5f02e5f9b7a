/**
 * What a report says in words: the headline, names of series, effects, moments, and numbers as
 * people write them.
 */
@NullMarked
package dev.nightjar.site.words;

import org.jspecify.annotations.NullMarked;
