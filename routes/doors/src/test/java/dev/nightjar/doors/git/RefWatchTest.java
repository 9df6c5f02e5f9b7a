package dev.nightjar.doors.git;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.git.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefWatchTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir Path folder;

  private TestRepository repository;

  @BeforeEach
  void makeARepository() throws Exception {
    repository = TestRepository.init(folder.resolve("main"));
    repository.commit("a", "1\n");
  }

  @Test
  void hearsOfCommitsBranchesTagsAndPackingAndOfNothingElse() throws Exception {
    try (GitRepository open = GitRepository.open(repository.folder());
        RefWatch watch = RefWatch.of(open)) {
      repository.commit("a", "2\n");
      assertTrue(watch.await(LONG), "a commit");
      repository.git("branch", "deep/down/topic");
      assertTrue(watch.await(LONG), "a branch in folders that were not there");
      repository.git("branch", "deep/down/other");
      assertTrue(watch.await(LONG), "a branch in a folder that is new since the beginning");
      repository.git("pack-refs", "--all");
      assertTrue(watch.await(LONG), "packing");
      repository.git("branch", "-D", "deep/down/other");
      assertTrue(watch.await(LONG), "a packed branch deleted");
      repository.git("checkout", "-q", "deep/down/topic");
      assertTrue(watch.await(LONG), "HEAD");
      repository.write("a", "not committed\n");
      repository.git("add", "-A");
      Files.writeString(open.sharedFolder().resolve("description"), "new\n");
      assertFalse(watch.await(SHORT), "the index, objects and the description are no refs");
    }
  }

  @Test
  void manyChangesAreToldAsOne() throws Exception {
    try (GitRepository open = GitRepository.open(repository.folder());
        RefWatch watch = RefWatch.of(open)) {
      for (int i = 0; i < 20; i++) {
        repository.git("tag", "t" + i);
      }
      assertTrue(watch.await(LONG));
      assertFalse(watch.await(SHORT), "all of them were told");
    }
  }

  @Test
  void hearsInALinkedWorktreeOfItsHeadAndOfSharedRefs() throws Exception {
    repository.git("worktree", "add", "-q", "-b", "other", "../linked");
    TestRepository linked = TestRepository.at(folder.resolve("linked"));
    try (GitRepository open = GitRepository.open(linked.folder());
        RefWatch watch = RefWatch.of(open)) {
      linked.git("checkout", "-q", "--detach");
      assertTrue(watch.await(LONG), "its own HEAD");
      repository.commit("a", "2\n");
      assertTrue(watch.await(LONG), "a branch of the main worktree");
    }
  }

  @Test
  void hearsOfPushesToABareRepository() throws Exception {
    repository.git("clone", "-q", "--bare", ".", "../bare.git");
    try (GitRepository open = GitRepository.open(folder.resolve("bare.git"));
        RefWatch watch = RefWatch.of(open)) {
      repository.commit("a", "2\n");
      repository.git("push", "-q", "../bare.git", "main");
      assertTrue(watch.await(LONG));
    }
  }

  @Test
  void hearsOfAReftable() throws Exception {
    Path tables = repository.folder().resolve(".git/reftable");
    Files.createDirectories(tables);
    try (GitRepository open = GitRepository.open(repository.folder());
        RefWatch watch = RefWatch.of(open)) {
      Files.writeString(tables.resolve("tables.list.lock"), "one.ref\n");
      assertFalse(watch.await(SHORT), "a lock is no change yet");
      Files.move(tables.resolve("tables.list.lock"), tables.resolve("tables.list"));
      assertTrue(watch.await(LONG));
    }
  }

  @Test
  void closingEndsTheWait() throws Exception {
    try (GitRepository open = GitRepository.open(repository.folder())) {
      RefWatch watch = RefWatch.of(open);
      Thread closer = Thread.startVirtualThread(watch::close);
      assertFalse(watch.await(LONG));
      closer.join();
    }
  }
}
