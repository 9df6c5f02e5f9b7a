package dev.nightjar.site.section;

import dev.nightjar.model.Run;
import dev.nightjar.store.Database;
import dev.nightjar.store.report.ReportQueries;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Objects;

/**
 * The reading of one report: what its sections may ask. One thread reads a report.
 *
 * <p>A section that builds on what another says takes that one in its constructor and asks for it
 * by {@link #of}, so that nothing is read twice.
 */
public final class ReportReading {
  private final Database database;
  private final ReportQueries queries;
  private final Run run;
  private final CommitsSince commits;
  private final Instant measuredUntil;
  private final IdentityHashMap<Section<?>, Object> said = new IdentityHashMap<>();

  /**
   * The reading of a run's report.
   *
   * @param pseudonyms whether people are named by pseudonyms, for a report that everybody may see
   * @param run the run; it may still be going on
   * @param measuredUntil when the machine was no longer watched for the run: what it does later is
   *     no part of the report, whenever that is written
   */
  public ReportReading(
      Database database, boolean pseudonyms, Run run, CommitsSince commits, Instant measuredUntil) {
    this.database = database;
    this.queries = new ReportQueries(database, pseudonyms);
    this.run = run;
    this.commits = commits;
    this.measuredUntil = measuredUntil;
  }

  /** The run that is reported. */
  public Run run() {
    return run;
  }

  /** What came into the repository since the run before. */
  public CommitsSince commits() {
    return commits;
  }

  /** When the machine was no longer watched for the run. */
  public Instant measuredUntil() {
    return measuredUntil;
  }

  /** Runs, samples, verdicts, telemetry. */
  public Database database() {
    return database;
  }

  /** Commits, hosts and what the history says; people are named there as the report is to. */
  public ReportQueries queries() {
    return queries;
  }

  /** What a section says, read when it is first asked for. */
  @SuppressWarnings("unchecked") // put in here alone, under the section that said it
  public <D> D of(Section<D> section) {
    Object known = said.get(section);
    if (known == null) {
      known = Objects.requireNonNull(section.read(this));
      said.put(section, known);
    }
    return (D) known;
  }
}
