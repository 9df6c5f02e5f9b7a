package dev.nightjar.site.data;

import dev.nightjar.store.report.FindingEventLine;
import dev.nightjar.store.report.OpenFindingLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What got slower, as a run saw it.
 *
 * @param asOf when the run began
 * @param all what is open behind it, the oldest first, then what ended with it
 * @param events when findings of this machine began and ended, the newest first
 */
public record OpenFindings(Instant asOf, List<OpenFindingLine> all, List<FindingEventLine> events) {
  public OpenFindings {
    events = List.copyOf(events);
    all = List.copyOf(all);
  }

  /** Those that are open behind the run. */
  public List<OpenFindingLine> open() {
    return all.stream().filter(finding -> finding.endedAs() == null).toList();
  }

  /** From the first run that shows it to this one, in whole days. */
  public long days(OpenFindingLine finding) {
    return Math.max(0, Duration.between(finding.since(), asOf).toDays());
  }
}
