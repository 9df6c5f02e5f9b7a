package dev.nightjar.site.data;

import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.Skip;
import java.time.Instant;
import java.util.List;

/**
 * All that a report says, as it stands in the database: of one run, and of the past as far as it
 * explains the run.
 *
 * @param run the run that is reported
 * @param repositoryName for people
 * @param host where it ran
 * @param writtenAt when the report is written
 * @param series what was measured or expected, each with its history
 * @param commits what came in since the run before
 * @param timeline what the machine did meanwhile
 * @param skips what was not measured or not done
 * @param runs this run and those before it, the newest first
 * @param health what the history says of the repository
 * @param findings answers of research, with their citations
 */
public record ReportData(
    Run run,
    String repositoryName,
    Host host,
    Instant writtenAt,
    List<SeriesResult> series,
    CommitRange commits,
    Timeline timeline,
    List<Skip> skips,
    List<RunSummary> runs,
    RepositoryHealth health,
    List<Finding> findings) {
  public ReportData {
    series = List.copyOf(series);
    skips = List.copyOf(skips);
    runs = List.copyOf(runs);
    findings = List.copyOf(findings);
  }
}
