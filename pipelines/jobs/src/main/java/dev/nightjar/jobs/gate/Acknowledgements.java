package dev.nightjar.jobs.gate;

import dev.nightjar.gate.decision.Acknowledgement;
import dev.nightjar.gate.decision.DamagedResults;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.decision.VerdictText;
import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.gate.verdict.Sentence;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.settings.AcknowledgementFile;
import dev.nightjar.settings.Settings;
import dev.nightjar.settings.trust.SettingsText;
import dev.nightjar.store.Database;
import dev.nightjar.store.run.AcknowledgementStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The decision of the gate, with the words of people who have accepted findings. */
public final class Acknowledgements {
  private Acknowledgements() {}

  /** Decides, as of today in UTC, on what was compared with no earlier run. */
  public static GateDecision decide(
      List<Verdict> verdicts, Settings settings, GateOptions options) {
    return decide(verdicts, Set.of(), settings, options);
  }

  /**
   * Decides, as of today in UTC.
   *
   * @param inherited series that are still slow, and were made so on another branch
   * @throws Failure.Misuse when the file that was named is not there or has a mistake
   */
  public static GateDecision decide(
      List<Verdict> verdicts, Set<Series> inherited, Settings settings, GateOptions options) {
    return decide(verdicts, false, inherited, List.of(), settings, options);
  }

  /**
   * The same of a run of result files.
   *
   * @param isUnlike whether all of it is new although earlier runs should have it
   * @param inherited series that are still slow, and were made so on another branch
   * @param damaged those that could not be read as a whole
   */
  static GateDecision decide(
      List<Verdict> verdicts,
      boolean isUnlike,
      Set<Series> inherited,
      List<DamagedResults> damaged,
      Settings settings,
      GateOptions options) {
    List<Acknowledgement> words =
        options
            .acknowledgements()
            .map(Acknowledgements::named)
            .orElseGet(() -> ofRepository(settings.acknowledgements()));
    return GateDecision.of(
        verdicts,
        isUnlike,
        inherited,
        damaged,
        settings.gate(),
        words,
        LocalDate.now(ZoneOffset.UTC));
  }

  private static List<Acknowledgement> named(Path file) {
    if (!Files.exists(file)) {
      throw new Failure.Misuse("There is no file of acknowledgements " + file + ".");
    }
    return AcknowledgementFile.read(SettingsText.of(file));
  }

  /** What a repository links to from there is no word of its own, and complaints would print it. */
  private static List<Acknowledgement> ofRepository(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.exists(file)) {
      return List.of();
    }
    return AcknowledgementFile.read(SettingsText.below(folder, file));
  }

  /** Keeps with the run what a decision on it heeded. */
  public static void keep(Database database, UUID runId, GateDecision decision) {
    List<AcknowledgementStore.Accepted> accepted = new ArrayList<>();
    decision
        .acknowledged()
        .forEach((verdict, word) ->
            accepted.add(
                new AcknowledgementStore.Accepted(
                    verdict.series().benchmark(),
                    word.reason(),
                    word.expires().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())));
    database.acknowledgements().put(runId, accepted);
  }

  private static String openNote(Verdict verdict) {
    return "%s is slow since an earlier run, which this gate lets pass (gate.on_open): %s"
        .formatted(verdict.series().benchmark().name(), VerdictText.grounds(verdict));
  }

  /** What a person should know of the decision. */
  public static List<String> notes(GateDecision decision) {
    List<String> notes = new ArrayList<>();
    if (decision.uncompared() > 0) {
      notes.add(
          "Most of this run was compared with nothing: %d series %s new, or without a time. That is no verdict; gate.on_uncompared: pass lets it pass."
              .formatted(decision.uncompared(), decision.uncompared() == 1 ? "is" : "are"));
    }
    for (DamagedResults file : decision.damaged()) {
      notes.add(
          "Nobody knows what was not read of a result file (%s), and %s. That is no verdict: have it written again; gate.on_uncompared: pass lets it pass."
              .formatted(
                  file.clause(),
                  file.kept().isEmpty()
                      ? "nothing of that file was compared"
                      : "what was read of it is new, or series that earlier runs have are missing"));
    }
    decision
        .acknowledged()
        .forEach((verdict, word) ->
            notes.add(
                "%s is %s, acknowledged until %s: %s"
                    .formatted(
                        verdict.series().benchmark().name(),
                        verdict.kind().word(),
                        word.expires(),
                        word.reason())));
    decision.open().forEach(verdict -> notes.add(openNote(verdict)));
    for (Acknowledgement word : decision.expired()) {
      notes.add(
          "The acknowledgement of '%s' expired on %s and holds no longer (it said: %s)."
              .formatted(word.benchmark(), word.expires(), word.reason()));
    }
    return notes.stream().map(Sentence::of).toList();
  }
}
