package dev.nightjar.jobs.ledger;

import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.jobs.Pipeline;
import dev.nightjar.jobs.PipelineRequest;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A git repository of two commits, and a pipeline over it that takes moments. */
final class SmallRepository {
  private final Path folder;

  private SmallRepository(Path folder) {
    this.folder = folder;
  }

  static SmallRepository make(Path folder, String benchmarks)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    SmallRepository repository = new SmallRepository(folder);
    repository.git("init", "-q", "-b", "main", ".");
    Files.writeString(folder.resolve("file.txt"), "one\n");
    repository.git("add", "file.txt");
    repository.commit("one");
    repository.commit("two");
    Files.writeString(
        folder.resolve("nightjar.yaml"),
        "suites: []\ntelemetry: {interval: 10s}\nbenchmarks:\n" + benchmarks);
    return repository;
  }

  void commit(String subject) throws IOException, InterruptedException {
    git("commit", "-q", "--allow-empty", "-m", subject);
  }

  void git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
    command.addAll(List.of(arguments));
    int status =
        new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("git ended with " + status);
    }
  }

  Path folder() {
    return folder;
  }

  String location() throws IOException {
    return folder.resolve(".git").toRealPath().toString();
  }

  PipelineRequest request(StoreSettings stores, boolean resume) {
    return new PipelineRequest(
        Pipeline.NIGHTLY,
        Workspace.find(folder, Optional.empty(), Map.of()),
        stores,
        resume,
        GateOptions.of(Map.of()),
        "test");
  }

  /** Keeps what is noted. */
  static final class Notes implements RunListener {
    final List<String> sentences = new ArrayList<>();

    @Override
    public synchronized void hear(RunEvent event) {
      if (event instanceof RunEvent.Noted noted) {
        sentences.add(noted.sentence());
      }
    }
  }
}
