package dev.nightjar.jobs;

import dev.nightjar.doors.Doors;
import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.settings.Settings;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.run.KeptLetter;
import dev.nightjar.store.telemetry.TelemetryText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Lists what could not be taken in, and takes it in again: readings from the letters themselves,
 * and what a history holds by a new ingest of it.
 */
public final class DeadLetterReplay {
  private static final String TELEMETRY = "telemetry";

  private final Workspace workspace;
  private final StoreSettings storeSettings;
  private final String version;

  /** A replay in the repository of a workspace. */
  public DeadLetterReplay(Workspace workspace, StoreSettings storeSettings, String version) {
    this.workspace = workspace;
    this.storeSettings = storeSettings;
    this.version = version;
  }

  /**
   * What came of it.
   *
   * @param replayed letters that are gone, as what they held is taken in or kept in a new letter
   * @param left letters that stay
   * @param notes why some do, in sentences
   */
  public record Summary(int replayed, int left, List<String> notes) {}

  /** All letters, oldest first. */
  public List<KeptLetter> letters() {
    try (Stores stores = Stores.open(storeSettings)) {
      return stores.database().deadLetters().all();
    }
  }

  /** Takes in what the letters hold, as far as that is possible from here. */
  public Summary replay(RunListener listener) throws Exception {
    List<String> notes = new ArrayList<>();
    List<KeptLetter> ofHistory;
    int readings;
    try (Stores stores = Stores.open(storeSettings)) {
      Database database = stores.database();
      readings = replayReadings(database, notes);
      ofHistory = ofThisHistory(database, notes);
    }
    if (!ofHistory.isEmpty()) {
      // What still fails has a letter of the new run, so that the old ones say nothing more.
      try (Doors doors = new Doors()) {
        new PipelineRunner(doors, listener).run(ingest());
      }
    }
    try (Stores stores = Stores.open(storeSettings)) {
      stores.database().deadLetters().remove(ofHistory);
      int left = stores.database().deadLetters().all().size();
      return new Summary(readings + ofHistory.size(), left, List.copyOf(notes));
    }
  }

  private PipelineRequest ingest() {
    return new PipelineRequest(
        Pipeline.INGEST, workspace, storeSettings, false, GateOptions.of(Map.of()), version);
  }

  private static int replayReadings(Database database, List<String> notes) {
    int replayed = 0;
    for (KeptLetter kept : database.deadLetters().all()) {
      if (kept.letter().route().equals(TELEMETRY) && isTakenIn(database, kept, notes)) {
        database.deadLetters().remove(List.of(kept));
        replayed++;
      }
    }
    return replayed;
  }

  private static boolean isTakenIn(Database database, KeptLetter kept, List<String> notes) {
    Optional<TelemetryText> text = TelemetryText.read(kept.letter().payload());
    if (text.isEmpty()) {
      notes.add("Letter %d holds no readings, only their number.".formatted(kept.id()));
      return false;
    }
    try {
      database.telemetry().append(text.get().machineId(), text.get().batches());
    } catch (Failure | IllegalStateException e) {
      notes.add("Letter %d is refused again: %s".formatted(kept.id(), e.getMessage()));
      return false;
    }
    if (!text.get().isWhole()) {
      notes.add("Letter %d was cut; what it holds is taken in.".formatted(kept.id()));
    }
    return true;
  }

  private List<KeptLetter> ofThisHistory(Database database, List<String> notes) {
    List<KeptLetter> ofHistory =
        database.deadLetters().all().stream()
            .filter(kept -> !kept.letter().route().equals(TELEMETRY))
            .toList();
    if (ofHistory.isEmpty()) {
      return ofHistory;
    }
    Settings settings = workspace.settings();
    long repositoryId;
    try (GitRepository repository = GitRepository.open(settings.repository())) {
      repositoryId = database.runs().repository(repository.facts(), settings.identity());
    }
    List<KeptLetter> here =
        ofHistory.stream()
            .filter(kept -> Objects.equals(kept.repositoryId(), repositoryId))
            .toList();
    if (here.size() < ofHistory.size()) {
      notes.add(
          "%d letters are of other repositories: replay them there."
              .formatted(ofHistory.size() - here.size()));
    }
    return here;
  }
}
