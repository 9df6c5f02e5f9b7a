package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checking a commit out runs nothing that the repository's own configuration names. */
class WorkTreesTest {
  @TempDir private Path folder;

  private GitCommand git;
  private Path marker;

  @BeforeEach
  void makeARepository() throws IOException {
    git = GitCommand.init(Files.createDirectory(folder.resolve("repository")));
    marker = folder.resolve("ran");
    Files.writeString(git.folder().resolve(".gitattributes"), "* filter=evil diff=evil\n");
    Files.writeString(git.folder().resolve("file"), "content\n");
    git.run("add", ".");
    git.run("commit", "-q", "-m", "one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter.evil.smudge",
        "filter.evil.process",
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "diff.evil.textconv",
        "hook.evil.command",
      })
  void aProgramOfTheRepositorysOwnIsNotRun(String key) throws IOException {
    git.run("config", key, "touch " + marker + "; cat");
    git.run("config", "filter.evil.required", "true");
    git.run("config", "hook.evil.event", "post-checkout");

    assertEquals("content\n", checkedOut());
    assertFalse(Files.exists(marker), key + " was run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "default"})
  void aHookIsNotRun(String which) throws IOException {
    Path hooks =
        which.equals("own")
            ? Files.createDirectory(folder.resolve("hooks"))
            : Files.createDirectories(git.folder().resolve(".git/hooks"));
    if (which.equals("own")) {
      git.run("config", "core.hooksPath", hooks.toString());
    }
    for (String name : new String[] {"post-checkout", "reference-transaction"}) {
      Path hook = hooks.resolve(name);
      Files.writeString(hook, "#!/bin/sh\ntouch " + marker + "\n");
      assertTrue(hook.toFile().setExecutable(true));
    }

    assertEquals("content\n", checkedOut());
    assertFalse(Files.exists(marker), "a hook was run");
  }

  @Test
  void whatTheRepositoryIncludesIsItsOwnToo() throws IOException {
    Path included = folder.resolve("included");
    Files.writeString(included, "[filter \"evil\"]\n\tsmudge = touch " + marker + "; cat\n");
    git.run("config", "include.path", included.toString());

    assertEquals("content\n", checkedOut());
    assertFalse(Files.exists(marker), "a filter of an included file was run");
  }

  private String checkedOut() throws IOException {
    try (WorkTrees trees = WorkTrees.open(git.folder().resolve(".git"), folder.resolve("cache"))) {
      return Files.readString(trees.add("tree", git.text("rev-parse", "HEAD")).resolve("file"));
    }
  }
}
