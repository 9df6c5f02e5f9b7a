package dev.nightjar.site.section.results;

import dev.nightjar.model.ChangePoint;
import java.util.List;

/** Finds where a series of values in the order of time went over to another level. */
@FunctionalInterface
public interface ChangePointFinder {
  /** The changes, ascending; their indexes are those of the values. */
  List<ChangePoint> find(double[] values);
}
