package dev.nightjar.site.section.results;

import dev.nightjar.model.Series;

/** Says from which relative change on a series counts as changed. */
@FunctionalInterface
public interface SmallestEffect {
  /** 0.05 for 5 %. */
  double of(Series series);
}
