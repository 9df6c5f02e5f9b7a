package dev.nightjar.git.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.git.GitRepository;
import dev.nightjar.git.history.CommitBlock;
import dev.nightjar.git.history.HistoryRequest;
import dev.nightjar.git.history.KnownCommits;
import dev.nightjar.model.git.ChangeListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of a few kilobytes that unfold to more paths than a machine can hold. */
class HostileTreesTest {
  @TempDir Path folder;

  private Repository made;
  private ObjectInserter objects;

  @BeforeEach
  void init() throws IOException {
    made = new FileRepositoryBuilder().setGitDir(folder.resolve(".git").toFile()).build();
    made.create();
    // In a pack, where reading the same few trees a hundred thousand times takes a second.
    objects = ((ObjectDirectory) made.getObjectDatabase()).newPackInserter();
  }

  @AfterEach
  void close() {
    objects.close();
    made.close();
  }

  /** Ten folders of ten folders of ten …, ten billion files in eleven objects. */
  @Test
  void aTreeOfSharedSubtreesIsToldOfAndItsCommitIsKept() throws Exception {
    ObjectId blob = objects.insert(Constants.OBJ_BLOB, new byte[] {'x', '\n'});
    ObjectId tree = tree(FileMode.REGULAR_FILE, blob, 10);
    for (int i = 0; i < 9; i++) {
      tree = tree(FileMode.TREE, tree, 10);
    }
    assertListedAsUnreadable(tree, "unfolds to more changed paths");
  }

  @Test
  void aTreeOfManyThousandLevelsIsToldOfAndItsCommitIsKept() throws Exception {
    ObjectId blob = objects.insert(Constants.OBJ_BLOB, new byte[] {'x', '\n'});
    ObjectId tree = tree(FileMode.REGULAR_FILE, blob, 1);
    for (int i = 0; i < TreeDiff.DEEPEST + 1; i++) {
      tree = tree(FileMode.TREE, tree, 1);
    }
    assertListedAsUnreadable(tree, "folders within folders");
  }

  private void assertListedAsUnreadable(ObjectId tree, String sentence) throws Exception {
    String header = "tree " + tree.name() + "\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nx";
    ObjectId commit =
        objects.insert(Constants.OBJ_COMMIT, header.getBytes(StandardCharsets.US_ASCII));
    objects.flush();
    RefUpdate head = made.updateRef(Constants.HEAD);
    head.setNewObjectId(commit);
    head.update();
    List<CommitBlock> blocks = new ArrayList<>();
    try (GitRepository repository = GitRepository.open(folder)) {
      repository
          .history()
          .read(
              new HistoryRequest(List.of(commit.name()), KnownCommits.NONE, false, 1),
              (block, total) -> blocks.add(block));
      assertThrows(IOException.class, () -> repository.headTree().orElseThrow().from(Map.of()));
    }
    CommitBlock block = blocks.getFirst();
    assertEquals(ChangeListing.UNREADABLE, block.commits().getFirst().listing());
    assertEquals(List.of(), block.missing());
    assertTrue(block.unreadable().getFirst().error().contains(sentence));
  }

  private ObjectId tree(FileMode mode, ObjectId entry, int times) throws IOException {
    TreeFormatter tree = new TreeFormatter();
    for (int i = 0; i < times; i++) {
      tree.append(String.valueOf(i), mode, entry);
    }
    return objects.insert(tree);
  }
}
