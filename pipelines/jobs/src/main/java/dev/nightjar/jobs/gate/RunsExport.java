package dev.nightjar.jobs.gate;

import dev.nightjar.gate.exchange.RunExchange;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Run;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Writes the past runs of a repository into a folder of runs, as {@code --history} reads them. */
public final class RunsExport {
  private RunsExport() {}

  /**
   * Writes them, each in place of the file that it has there.
   *
   * @param progress takes how many are written
   * @return how many there are
   * @throws Failure.Misuse when the repository has none
   */
  public static int write(
      Workspace workspace, StoreSettings settings, Path folder, IntConsumer progress) {
    try (GitRepository repository = GitRepository.open(workspace.settings().repository());
        Stores stores = Stores.open(settings)) {
      Database database = stores.database();
      long repositoryId =
          database.runs().repository(repository.facts(), workspace.settings().identity());
      List<Run> runs = database.runs().completed(repositoryId);
      if (runs.isEmpty()) {
        throw new Failure.Misuse(
            "No run over "
                + repository.facts().location()
                + " has measured anything yet: 'nightjar run' makes one.");
      }
      RunExchange exchange = new RunExchange(database, repositoryId, Optional.of(folder));
      for (int i = 0; i < runs.size(); i++) {
        exchange.handOut(runs.get(i));
        progress.accept(i + 1);
      }
      return runs.size();
    }
  }
}
