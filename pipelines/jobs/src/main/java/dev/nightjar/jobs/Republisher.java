package dev.nightjar.jobs;

import dev.nightjar.git.GitRepository;
import dev.nightjar.jobs.steps.PublishStep;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Run;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.settings.Settings;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Path;

/** Writes the report of the newest completed run anew, from the database alone. */
public final class Republisher {
  private Republisher() {}

  /**
   * Publishes.
   *
   * @return the front page
   * @throws Failure.Misuse when no run over the repository has completed
   */
  public static Path publish(Workspace workspace, StoreSettings storeSettings) {
    Settings settings = workspace.settings();
    try (GitRepository repository = GitRepository.open(settings.repository());
        Stores stores = Stores.open(storeSettings)) {
      Database database = stores.database();
      RepositoryFacts facts = repository.facts();
      long repositoryId = database.runs().repository(facts, settings.identity());
      Run run =
          database
              .runs()
              .latestFinished(Pipeline.NIGHTLY.word(), repositoryId)
              .orElseThrow(() ->
                  new Failure.Misuse(
                      "No run over "
                          + facts.location()
                          + " has completed: 'nightjar run' makes one."));
      return PublishStep.publish(database, repository, settings, run);
    }
  }
}
