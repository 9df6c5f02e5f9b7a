package dev.nightjar.site.words;

import dev.nightjar.model.Run;
import dev.nightjar.site.data.CommitRange;
import dev.nightjar.site.data.OpenFindings;
import dev.nightjar.site.data.SeriesResult;
import java.util.List;

/**
 * What a run came to, as far as its headline tells.
 *
 * @param findings what is slow since an earlier run
 * @param skips how many things were not measured
 */
public record Outcome(
    Run run, List<SeriesResult> results, OpenFindings findings, CommitRange commits, int skips) {
  public Outcome {
    results = List.copyOf(results);
  }
}
