package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.git.history.HistoryRequest;
import dev.nightjar.git.history.KnownCommits;
import dev.nightjar.model.git.GitCommit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history is what was committed, whatever one clone has put in its place. */
class ReplacementsTest {
  @TempDir Path folder;

  private GitCommand git;
  private String head;

  @BeforeEach
  void makeThreeCommits() {
    git = GitCommand.init(folder);
    for (int i = 0; i < 3; i++) {
      git.run("commit", "-q", "--allow-empty", "-m", "number " + i);
    }
    head = git.text("rev-parse", "HEAD");
  }

  private Set<String> read() throws InterruptedException {
    Set<String> commits = new TreeSet<>();
    try (GitRepository repository = GitRepository.open(folder)) {
      repository
          .history()
          .read(
              new HistoryRequest(List.of(head), KnownCommits.NONE, false, 1),
              (block, total) -> block.commits().stream().map(GitCommit::id).forEach(commits::add));
    }
    return commits;
  }

  private Set<String> asCommitted() {
    return new TreeSet<>(git.text("--no-replace-objects", "rev-list", head).lines().toList());
  }

  @Test
  void aReplacementCutsNothing() throws Exception {
    git.run("replace", "--graft", head);
    assertEquals(1, git.text("rev-list", head).lines().count());
    assertEquals(3, asCommitted().size());
    assertEquals(asCommitted(), read());
  }

  @Test
  void aGraftCutsNothing() throws Exception {
    Set<String> committed = asCommitted();
    Files.writeString(folder.resolve(".git/info/grafts"), head + "\n");
    assertEquals(3, committed.size());
    assertEquals(committed, read());
  }
}
