package dev.nightjar.site.report;

import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.Skip;
import dev.nightjar.site.data.CommitRange;
import dev.nightjar.site.data.OpenFindings;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.section.CommitBook;
import dev.nightjar.site.section.HostSection;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.RunsSection;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.SkipsSection;
import dev.nightjar.site.section.commits.CommitsSection;
import dev.nightjar.site.section.open.OpenFindingsSection;
import dev.nightjar.site.section.results.ResultsSection;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.Outcome;
import dev.nightjar.store.report.CommitLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All that a report says: of one run, and of the past as far as it explains the run.
 *
 * @param run the run that is reported
 * @param repositoryName for people
 * @param writtenAt when the report is written
 * @param parts the sections in their order, each with what it says
 * @param named the commits that it names as causes, and those that came in
 */
public record Report(
    Run run, String repositoryName, Instant writtenAt, List<Part<?>> parts, CommitBook named) {
  private static final int MOST_NAMED = 500;

  public Report {
    parts = List.copyOf(parts);
  }

  /** Reads what these sections say of a run by now. */
  public static Report read(ReportSections sections, ReportReading reading, Instant now) {
    List<Part<?>> parts = new ArrayList<>();
    sections.inOrder().forEach(section -> parts.add(Part.read(section, reading)));
    Run run = reading.run();
    String name = reading.queries().repositoryName(run.repositoryId());
    return withNames(new Report(run, name, now, parts, CommitBook.EMPTY), reading);
  }

  private static Report withNames(Report report, ReportReading reading) {
    List<String> ids =
        Stream.concat(
                report.results().stream()
                    .map(SeriesResult::verdict)
                    .filter(Objects::nonNull)
                    .map(verdict -> verdict.evidence() + " " + verdict.suspectedCause()),
                report.findings().all().stream()
                    .map(finding -> finding.sinceCommit() + " " + finding.cause()))
            .flatMap(text -> CommitBook.idsIn(text).stream())
            .distinct()
            .limit(MOST_NAMED)
            .toList();
    List<CommitLine> named = new ArrayList<>(report.commits().newest());
    named.addAll(reading.queries().commitsByPrefix(report.run().repositoryId(), ids));
    return new Report(
        report.run, report.repositoryName, report.writtenAt, report.parts, new CommitBook(named));
  }

  /** What the section of this kind says, which must be among the parts. */
  @SuppressWarnings("unchecked") // a section says what its type says that it says
  public <D> D of(Class<? extends Section<D>> kind) {
    for (Part<?> part : parts) {
      if (kind.isInstance(part.section())) {
        return (D) part.data();
      }
    }
    throw new IllegalStateException("A report without a " + kind.getSimpleName() + ".");
  }

  /** What was measured or expected, each series with its history. */
  public List<SeriesResult> results() {
    return of(ResultsSection.class);
  }

  /** What came in since the run before. */
  public CommitRange commits() {
    return of(CommitsSection.class);
  }

  /** Where it ran. */
  public Host host() {
    return of(HostSection.class);
  }

  /** What is slow since an earlier run. */
  public OpenFindings findings() {
    return of(OpenFindingsSection.class);
  }

  /** What was not measured or not done. */
  public List<Skip> skips() {
    return of(SkipsSection.class);
  }

  /** This run and those before it, the newest first. */
  public List<RunSummary> runs() {
    return of(RunsSection.class).newest();
  }

  /** The verdict of the whole run. */
  public Headline headline() {
    return Headline.of(new Outcome(run, results(), findings(), commits(), skips().size()));
  }
}
