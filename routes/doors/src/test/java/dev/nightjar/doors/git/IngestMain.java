package dev.nightjar.doors.git;

import dev.nightjar.git.GitRepository;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The bare ingest as a command, for measuring and for killing it. */
public final class IngestMain {
  private IngestMain() {}

  /** Arguments: a repository, and the full names of the refs to follow (all if none). */
  public static void main(String[] args) throws InterruptedException {
    long start = System.nanoTime();
    GitIngestOptions options = GitIngestOptions.defaults();
    if (args.length > 1) {
      options = options.withRefs(List.of(args).subList(1, args.length));
    }
    try (Stores stores = Stores.open(StoreSettings.fromEnvironment(System.getenv()));
        GitRepository repository = GitRepository.open(Path.of(args[0]))) {
      var facts = repository.facts();
      long id = stores.database().runs().repository(facts, Optional.empty());
      long opened = System.nanoTime();
      GitIngestSummary summary =
          new GitIngest(stores.database(), options)
              .run(repository, id, (done, total) -> System.err.printf("%d/%d%n", done, total));
      long done = System.nanoTime();
      System.out.printf(
          "start-up %.2f s, ingest %.2f s: %d commits, %d changes, %d refs, %d unreadable%n",
          (opened - start) / 1e9,
          (done - opened) / 1e9,
          summary.commits(),
          summary.changes(),
          summary.refs(),
          summary.unreadableCount());
      summary.unreadable().stream().limit(5).forEach(System.out::println);
    }
  }
}
