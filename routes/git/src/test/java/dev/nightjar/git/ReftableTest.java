package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refs kept as a reftable. The git commands of many systems cannot make one yet, so JGit does. */
class ReftableTest {
  @TempDir Path folder;

  @Test
  void refsAreThoseOfBefore() throws Exception {
    GitCommand git = GitCommand.init(folder);
    git.run("commit", "-q", "--allow-empty", "-m", "one");
    git.run("tag", "-a", "-m", "annotated", "v1");
    git.run("commit", "-q", "--allow-empty", "-m", "two");
    git.run("branch", "topic/deep", "HEAD~1");
    try (GitRepository repository = GitRepository.open(folder)) {
      var before = repository.refs();
      var facts = repository.facts();
      assertEquals(4, before.size(), before.toString());
      try (FileRepository plain =
          (FileRepository) new FileRepositoryBuilder().setWorkTree(folder.toFile()).build()) {
        plain.convertRefStorage("reftable", true, false);
      }
      assertTrue(Files.exists(folder.resolve(".git/reftable/tables.list")));
      try (GitRepository converted = GitRepository.open(folder)) {
        assertEquals(before, converted.refs());
        assertEquals(facts, converted.facts());
        assertTrue(converted.headTree().isPresent());
      }
    }
  }
}
