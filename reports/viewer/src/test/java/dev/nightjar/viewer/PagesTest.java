package dev.nightjar.viewer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written, and in which form. */
class PagesTest {
  private static final long NOW = SmallHistory.START_SECONDS + 10_000_000;

  @TempDir Path folder;

  private static byte[] unpacked(Path file) throws IOException {
    String text = Files.readString(file);
    String packed = text.substring(text.indexOf(",\"") + 2, text.lastIndexOf('"'));
    return new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))
        .readAllBytes();
  }

  @Test
  void aPageIsOneCallWithItsNameAndItsBytes() throws IOException {
    byte[] data = "</script>\u2028\"'\\".repeat(50).getBytes(StandardCharsets.UTF_8);

    long size = Chunk.write(folder, "x-1", data);

    String text = Files.readString(folder.resolve("x-1.js"));
    assertEquals(size, Files.size(folder.resolve("x-1.js")));
    assertTrue(text.matches("nightjarChunk\\(\"x-1\",\"[A-Za-z0-9+/=]+\"\\);\n"), text);
    assertArrayEquals(data, unpacked(folder.resolve("x-1.js")));
  }

  @Test
  void writesTheColumnsOfCommits() {
    History history =
        new History(
            new SmallHistory()
                .commit(0, 0, 7)
                .commit(1, 1, 7, 0)
                .commit(2, 2, 8, 0)
                .commit(3, 3, 7, 1, 2)
                .change(1, 'M', "a", 6, 1)
                .ref("refs/heads/", "main", 3));
    TimeOrder order = new TimeOrder(history, NOW);
    byte[] page = new CommitPages(history, order, new Lanes(history, order)).commits(0);

    ByteBuffer in = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(4, in.getInt());
    List<Integer> lengths =
        List.of(in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt());
    assertEquals(List.of(7, 4, 4, 4, 6), lengths);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    assertArrayEquals(
        new byte[] {
          0,
          (byte) 0x90,
          0x1c,
          (byte) 0x90,
          0x1c,
          (byte) 0x90,
          0x1c, // 3600 seconds each
          0,
          0,
          1,
          0, // who wrote most is 0
          0,
          0,
          1,
          0,
          0,
          3,
          0x10,
          0, // 7 lines; a branch's depth
          0,
          2,
          4,
          5,
          1,
          1 // none; 1 back; 2 back; 2 back and 1 more, which is 1 back
        },
        rest);
  }

  @Test
  void writesEveryCommitOnce() {
    History history = new History(SmallHistory.plausible(40_000, UnaryOperator.identity()));
    TimeOrder order = new TimeOrder(history, NOW * 2);
    CommitPages pages = new CommitPages(history, order, new Lanes(history, order));

    int commits = 0;
    int ids = 0;
    int subjects = 0;
    for (int page = 0; page < pages.count(); page++) {
      commits += ByteBuffer.wrap(pages.commits(page)).order(ByteOrder.LITTLE_ENDIAN).getInt();
      ids += pages.ids(page).length / 20;
      subjects +=
          (int)
              new String(pages.subjects(page), StandardCharsets.UTF_8)
                  .chars()
                  .filter(c -> c == '\n')
                  .count();
    }

    assertEquals(3, pages.count());
    assertEquals(history.size(), commits);
    assertEquals(history.size(), ids);
    assertEquals(history.size(), subjects);
  }

  @Test
  void keepsASubjectOnOneLineAndShowsWhatHides() {
    History history = new History(new SmallHistory(name -> name + "\n\u202Eevil").commit(0, 0, 0));
    Bytes subject = new Bytes(16);
    history.appendSubject(0, subject);

    String text = new String(subject.toArray(), StandardCharsets.UTF_8);
    assertTrue(!text.contains("\n") && !text.contains("\u202E"), text);
    assertTrue(text.contains("U+202E"), text);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "https://example.org/a/b.git, https://example.org/a/b/commit/",
        "https://me:secret@example.org:8443/a/b, https://example.org:8443/a/b/commit/",
        "git@example.org:a/b.git, https://example.org/a/b/commit/",
        "ssh://git@example.org:22/a/b.git, https://example.org/a/b/commit/",
        "example.org:a/b, https://example.org/a/b/commit/",
        "/srv/git/a.git, none",
        "../a, none",
        "C:/work/a, none",
        "javascript:alert(1)//x, none",
        "javascript://example.org/%0Aalert(1), none",
        "data:text/html;base64.x, none",
        "https://github.com/lz4/lz4.git, https://github.com/lz4/lz4/commit/",
        "git@gitlab.com:group/part/project.git, https://gitlab.com/group/part/project/-/commit/",
        "https://gitlab.example.org/a/b.git, https://gitlab.example.org/a/b/-/commit/",
        "https://code.example.org/group/part/b.git, https://code.example.org/group/part/b/-/commit/",
        "https://codeberg.org/a/b.git, https://codeberg.org/a/b/commit/",
        "git@bitbucket.org:a/b.git, https://bitbucket.org/a/b/commits/",
        "https://git.example.org/scm/PROJ/b.git, https://git.example.org/projects/PROJ/repos/b/commits/",
        "ssh://git@git.example.org:7999/scm/~me/b.git, https://git.example.org/users/me/repos/b/commits/",
        "https://dev.azure.com/o/p/_git/r, https://dev.azure.com/o/p/_git/r/commit/",
        "https://example.org/a b, none",
        "file:///srv/a, none",
        "none, none"
      })
  void findsTheForgeOfACloneAddress(String address, String commits) {
    assertEquals(commits, Forge.commits(address));
  }

  @Test
  void findsIdsAndNothingElse() {
    byte[] ids = new byte[60];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(SmallHistory.id(i + 1), 0, ids, i * 20, 20);
    }
    CommitIds index = new CommitIds(ids, 20);

    assertEquals(1, index.find(SmallHistory.id(2), 0));
    assertEquals(-1, index.find(SmallHistory.id(9), 0));
    assertEquals(-1, index.find(new byte[19], 0));
  }
}
