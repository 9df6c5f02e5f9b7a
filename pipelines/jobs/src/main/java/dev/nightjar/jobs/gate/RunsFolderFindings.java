package dev.nightjar.jobs.gate;

import dev.nightjar.gate.exchange.ArchivedRun;
import dev.nightjar.gate.exchange.FolderFindings;
import dev.nightjar.gate.exchange.RunsFolder;
import dev.nightjar.gate.exchange.SeriesPool;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.store.query.QueryResult;
import dev.nightjar.store.query.QueryResult.Column;
import dev.nightjar.store.query.QueryResult.Kind;
import dev.nightjar.store.sample.SeriesRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The findings of a folder of runs, for people who look at them and accept them. */
public final class RunsFolderFindings {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("finding_id", Kind.TEXT),
          new Column("benchmark", Kind.TEXT),
          new Column("metric", Kind.TEXT),
          new Column("parameters", Kind.TEXT),
          new Column("device", Kind.TEXT),
          new Column("kind", Kind.TEXT),
          new Column("state", Kind.TEXT),
          new Column("since_started_at", Kind.TEXT),
          new Column("since_commit", Kind.TEXT),
          new Column("branch", Kind.TEXT),
          new Column("runs_since", Kind.NUMBER),
          new Column("days", Kind.NUMBER),
          new Column("effect", Kind.NUMBER),
          new Column("latest_effect", Kind.NUMBER),
          new Column("suspected_cause", Kind.TEXT),
          new Column("ended_at", Kind.TEXT),
          new Column("reason", Kind.TEXT));

  private RunsFolderFindings() {}

  /**
   * The same of a folder as {@link RepositoryFindings#list}; what the newest run measured, no file
   * says.
   *
   * @param problems takes a sentence for each file that cannot be read
   */
  public static QueryResult list(Path folder, boolean withEnded, Consumer<String> problems) {
    List<ArchivedRun> runs = existing(folder).read(new SeriesPool(), problems);
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (FindingLife life : FolderFindings.of(runs)) {
      if (withEnded || life.ends().isEmpty()) {
        rows.add(row(life, runs.getLast().run().startedAt()));
      }
    }
    return new QueryResult(COLUMNS, rows, false);
  }

  private static List<@Nullable String> row(FindingLife life, Instant newest) {
    Finding finding = life.finding();
    Series series = finding.series();
    FindingEnd end = life.ends().isEmpty() ? null : life.ends().getLast();
    Double effect = finding.effect();
    Instant since = finding.since().startedAt();
    double days = Duration.between(since, end == null ? newest : end.endedAt()).toHours() / 24.0;
    return Arrays.asList(
        finding.id().toString(),
        series.benchmark().name(),
        series.benchmark().metric(),
        SeriesRows.json(series.parameters()),
        series.device().label(),
        finding.kind().word(),
        end == null ? "open" : end.state().word(),
        since.toString(),
        finding.since().commit(),
        finding.since().branch(),
        String.valueOf(life.seenBy().size()),
        String.format(Locale.ROOT, "%.1f", days),
        effect == null ? null : effect.toString(),
        null,
        finding.cause(),
        end == null ? null : end.endedAt().toString(),
        end == null ? null : end.reason());
  }

  /**
   * Ends a finding for what comes after the newest run that saw it open.
   *
   * @throws Failure.Misuse when no run did, or a person has ended it
   */
  public static void accept(Path folder, UUID id, String reason, Consumer<String> problems) {
    RunsFolder files = existing(folder);
    ArchivedRun said =
        FolderFindings.accepted(files.read(new SeriesPool(), problems), id, Instant.now(), reason)
            .orElseThrow(() ->
                new Failure.Misuse(
                    "No finding "
                        + id
                        + " waits to be accepted in "
                        + folder
                        + ": 'nightjar findings --history' lists those that do."));
    files.write(said);
  }

  private static RunsFolder existing(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Failure.Misuse(
          "There is no folder %s: name the one that 'gate --history' keeps runs in."
              .formatted(folder));
    }
    return new RunsFolder(folder);
  }
}
