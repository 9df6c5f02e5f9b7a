package dev.nightjar.site.data;

import java.util.List;
import java.util.UUID;

/**
 * The run that is reported and those before it.
 *
 * @param reported the run that is reported
 * @param newest the newest first, that run among them
 */
public record RunList(UUID reported, List<RunSummary> newest) {
  public RunList {
    newest = List.copyOf(newest);
  }
}
