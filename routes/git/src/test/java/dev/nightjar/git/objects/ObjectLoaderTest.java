package dev.nightjar.git.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.git.GitCommand;
import dev.nightjar.git.RandomHistory;
import dev.nightjar.git.objects.UnreadableObjectException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects are loaded byte for byte as {@code git cat-file} prints them, wherever they lie. */
class ObjectLoaderTest {
  private static final List<String> TYPES = List.of("", "commit", "tree", "blob", "tag");

  @TempDir Path folder;
  private GitCommand git;

  @BeforeEach
  void makeHistory() throws IOException {
    git = GitCommand.init(Files.createDirectory(folder.resolve("origin")));
    RandomHistory.into(git, 7, 40);
    git.run("tag", "-a", "-m", "a tag", "v1", "main");
  }

  @Test
  void packedWithDeltasThatSayHowFarTheirBaseIs() throws Exception {
    git.run("repack", "-q", "-a", "-d", "-f", "--depth=50");
    assertLoadsEverything(git.folder());
  }

  @Test
  void packedWithDeltasThatNameTheirBase() throws Exception {
    git.run("-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a", "-d", "-f");
    assertLoadsEverything(git.folder());
  }

  @Test
  void looseAndInSeveralPacks() throws Exception {
    RandomHistory.into(git, 8, 10);
    Files.writeString(git.folder().resolve("new"), "not packed\n");
    git.run("hash-object", "-w", "new");
    assertLoadsEverything(git.folder());
  }

  @Test
  void borrowedFromAnotherRepository() throws Exception {
    git.run("repack", "-q", "-a", "-d", "-f");
    new GitCommand(folder).run("clone", "-q", "--shared", "--no-checkout", "origin", "borrower");
    Path borrower = folder.resolve("borrower");
    assertLoadsEverything(borrower);
  }

  @Test
  void aDamagedPackIsToldOfNotBelieved() throws Exception {
    git.run("repack", "-q", "-a", "-d", "-f");
    Path pack;
    try (var packs =
        Files.newDirectoryStream(git.folder().resolve(".git/objects/pack"), "*.pack")) {
      pack = packs.iterator().next();
    }
    Map<ObjectName, byte[]> expected = everything(git);
    assertTrue(pack.toFile().setWritable(true));
    try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(new byte[512]);
    }
    int damaged = 0;
    try (Repository repository = repository(git.folder());
        ObjectStore store = store(git.folder(), repository);
        ObjectLoader loader = store.newLoader()) {
      for (Map.Entry<ObjectName, byte[]> entry : expected.entrySet()) {
        try {
          assertArrayEquals(entry.getValue(), loader.load(entry.getKey()).content());
        } catch (UnreadableObjectException e) {
          assertEquals(Reason.DAMAGED, e.reason());
          damaged++;
        }
      }
    }
    assertTrue(damaged > 0 && damaged < expected.size());
  }

  @Test
  void whatIsNotThereIsMissing() throws Exception {
    try (Repository repository = repository(git.folder());
        ObjectStore store = store(git.folder(), repository);
        ObjectLoader loader = store.newLoader()) {
      ObjectName nothing = new ObjectName(1, 2, 3);
      assertEquals(
          Reason.MISSING,
          assertThrows(UnreadableObjectException.class, () -> loader.load(nothing)).reason());
    }
  }

  private static void assertLoadsEverything(Path workTree) throws Exception {
    Map<ObjectName, byte[]> expected = everything(new GitCommand(workTree));
    assertTrue(expected.size() > 100);
    try (Repository repository = repository(workTree);
        ObjectStore store = store(workTree, repository);
        ObjectLoader sizes = store.newLoader();
        ObjectLoader loader = store.newLoader()) {
      for (Map.Entry<ObjectName, byte[]> entry : expected.entrySet()) {
        assertEquals(entry.getValue().length, sizes.size(entry.getKey()), entry.getKey()::hex);
        assertArrayEquals(
            entry.getValue(), loader.load(entry.getKey()).content(), entry.getKey()::hex);
      }
    }
  }

  private static Repository repository(Path workTree) throws IOException {
    return new FileRepositoryBuilder().setGitDir(workTree.resolve(".git").toFile()).build();
  }

  private static ObjectStore store(Path workTree, Repository repository) {
    return new ObjectStore(repository, workTree.resolve(".git/objects"), 1 << 20);
  }

  /** Every object's content, as one stream of {@code cat-file} has it. */
  private static Map<ObjectName, byte[]> everything(GitCommand git) {
    byte[] all = git.run("cat-file", "--batch", "--batch-all-objects");
    Map<ObjectName, byte[]> objects = new HashMap<>();
    int at = 0;
    while (at < all.length) {
      int end = at;
      while (all[end] != '\n') {
        end++;
      }
      String[] head = new String(all, at, end - at, StandardCharsets.US_ASCII).split(" ");
      assertTrue(TYPES.contains(head[1]));
      int size = Integer.parseInt(head[2]);
      objects.put(ObjectName.of(head[0]), Arrays.copyOfRange(all, end + 1, end + 1 + size));
      at = end + 1 + size + 1;
    }
    return objects;
  }
}
