package dev.nightjar.jobs.steps;

import dev.nightjar.gate.statistics.series.ChangePoints;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Run;
import dev.nightjar.settings.Settings;
import dev.nightjar.site.SitePublisher;
import dev.nightjar.site.page.WebPlaces;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.report.ReportPorts;
import dev.nightjar.site.report.ReportSections;
import dev.nightjar.site.section.CommitsSince;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.store.Database;
import dev.nightjar.store.git.HistoryPeople;
import dev.nightjar.store.lock.HeldLock;
import dev.nightjar.store.report.HistoryCursor;
import dev.nightjar.store.report.ReportQueries;
import dev.nightjar.viewer.Forge;
import dev.nightjar.viewer.HistorySource;
import dev.nightjar.viewer.ViewerFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the report; the host is read until then. It is the last step, so that the report is of a
 * run that is done: a step that failed before is why there is none.
 */
public final class PublishStep implements PipelineStep {
  private static final int COMMITS_LISTED = 100;
  private static final int COMMITS_COUNTED = 100_000;

  @Override
  public String run(RunContext context) {
    context.sampler().close();
    context.database().machines().end(context.run().id(), Instant.now());
    context.sampler().absent().forEach(context::skip);
    Run done = context.run().completedAt(Instant.now());
    return publish(context.database(), context.repository(), context.settings(), done).toString();
  }

  /**
   * Writes the report of a run anew.
   *
   * @return the front page
   */
  public static Path publish(
      Database database, GitRepository repository, Settings settings, Run run) {
    correctPeople(database, repository, run);
    String previousHead = previousHead(database, run);
    String head = run.headCommit();
    List<String> since =
        head == null ? List.of() : repository.commitsSince(previousHead, head, COMMITS_COUNTED);
    int total =
        since.size() < COMMITS_COUNTED
            ? since.size()
            : (int)
                Math.min(
                    Integer.MAX_VALUE, new ReportQueries(database).commitCount(run.repositoryId()));
    List<String> listed = since.subList(0, Math.min(since.size(), COMMITS_LISTED));
    ReportReading reading =
        new ReportReading(
            database,
            settings.pseudonyms(),
            run,
            new CommitsSince(previousHead, total, listed),
            measuredUntil(database, run));
    ReportSections sections =
        new ReportSections(
            new ReportPorts(ChangePoints::detect, settings.gate()::smallestEffectOf));
    Report report = Report.read(sections, reading, Instant.now());
    HistorySource history =
        HistorySource.stored(
            new HistoryCursor(database, run.repositoryId(), settings.pseudonyms()));
    String forge = Forge.commits(repository.cloneAddress());
    WebPlaces web = new WebPlaces(forge, settings.publishUrl().orElse(null));
    return new SitePublisher(new ViewerFolder(history, forge), web)
        .publish(report, settings.publish());
  }

  /**
   * A {@code .mailmap} that changed since the history came in says who people are; whoever brings
   * in history now does the same at its end.
   */
  private static void correctPeople(Database database, GitRepository repository, Run run) {
    HistoryPeople people = new HistoryPeople(database, run.repositoryId(), repository.mailmap());
    if (!people.haveMoved()) {
      return;
    }
    Optional<HeldLock> turn = Turn.ofHistoryIfFree(database, run.repositoryId());
    if (turn.isPresent()) {
      try (HeldLock _ = turn.get()) {
        people.settle(Turn.owner());
      }
    }
  }

  private static Instant measuredUntil(Database database, Run run) {
    Instant end = run.finishedAt();
    return database
        .machines()
        .watchedUntil(run.id())
        .orElseGet(() -> end == null ? Instant.now() : end);
  }

  /** What the last completed run before this one had checked out. */
  private static @Nullable String previousHead(Database database, Run run) {
    return database
        .runs()
        .latestBefore(run.pipeline(), run.repositoryId(), run.startedAt())
        .map(Run::headCommit)
        .orElse(null);
  }
}
