package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader lists what git lists, in git's order, with git's counts. */
class AgreementTest {
  @TempDir Path folder;

  /** Twelve histories that never change and four new ones; the name of the test tells the seed. */
  static LongStream seeds() {
    return LongStream.concat(
        LongStream.rangeClosed(1, 12), LongStream.generate(System::nanoTime).limit(4));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void randomHistoriesAreListedAsGitListsThem(long seed) {
    GitCommand git = GitCommand.init(folder);
    RandomHistory.into(git, seed, 60);
    git.run("repack", "-q", "-a", "-d", "-f", "--depth=20");

    assertAgrees("main", false);
    assertAgrees("main", true);
  }

  @Test
  void equallyGoodSourcesArePairedInGitsOrder() {
    GitCommand git = GitCommand.init(folder);
    ImportStream stream = new ImportStream();
    int first = stream.commit("refs/heads/main", "seven that are alike\n", 1);
    for (int i = 0; i < 7; i++) {
      stream.file("100644", "old/" + i + ".txt", lines(40, i));
    }
    stream.commit("refs/heads/main", "moved and edited\n", 2, first);
    for (int i = 0; i < 7; i++) {
      stream.delete("old/" + i + ".txt");
      stream.file("100644", "new/x" + (6 - i) + ".txt", lines(38, 99));
    }
    stream.into(git);

    assertAgrees("main", false);
  }

  @Test
  void moreThanAThousandRenamesAreListedAsAddedAndDeleted() {
    GitCommand git = GitCommand.init(folder);
    ImportStream stream = new ImportStream();
    int first = stream.commit("refs/heads/main", "many\n", 1);
    for (int i = 0; i < 1001; i++) {
      stream.file("100644", "old/" + i, lines(5, i));
    }
    stream.commit("refs/heads/main", "all moved and edited\n", 2, first);
    for (int i = 0; i < 1001; i++) {
      stream.delete("old/" + i);
      stream.file("100644", "new/x" + i, lines(6, i));
    }
    stream.into(git);

    assertAgrees("main", false);
  }

  @Test
  void oddModesOfOldTreesAreNoChange() {
    GitCommand git = GitCommand.init(folder);
    String blob = hash(git, "content\n");
    byte[] group = entry("100664 f", blob);
    byte[] plain = entry("100644 f", blob);
    String before = tree(git, group);
    String after = tree(git, plain);
    String first = git.text("commit-tree", "-m", "group may write", before);
    String second = git.text("commit-tree", "-m", "or not", "-p", first, after);
    git.run("update-ref", "refs/heads/main", second);

    assertAgrees("main", false);
  }

  private void assertAgrees(String revision, boolean firstParent) {
    GitAgreement agreement = GitAgreement.over(folder, revision, firstParent);
    assertEquals(List.of(), agreement.differences());
    assertTrue(agreement.unreadable().isEmpty());
  }

  private static byte[] lines(int count, int kind) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i % 10 == 0 ? kind : 0).append(" line ").append(i).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String hash(GitCommand git, String content) {
    return new String(
            git.run(
                Map.of(),
                content.getBytes(StandardCharsets.US_ASCII),
                "hash-object",
                "-w",
                "--stdin"),
            StandardCharsets.US_ASCII)
        .strip();
  }

  private static byte[] entry(String modeAndName, String blob) {
    byte[] head = (modeAndName + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + 20);
    System.arraycopy(HexFormat.of().parseHex(blob), 0, whole, head.length, 20);
    return whole;
  }

  private static String tree(GitCommand git, byte[] raw) {
    return new String(
            git.run(Map.of(), raw, "hash-object", "-w", "--literally", "-t", "tree", "--stdin"),
            StandardCharsets.US_ASCII)
        .strip();
  }
}
