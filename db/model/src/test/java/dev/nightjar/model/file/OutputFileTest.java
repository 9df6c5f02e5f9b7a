package dev.nightjar.model.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files for others: whole or not at all, and nothing else is replaced or written through. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void writesWithTheRightsThatAnyNewFileHas() throws IOException {
    Path usual = Files.createFile(folder.resolve("usual"));
    Path file = folder.resolve("new").resolve("junit.xml");

    OutputFile.write(file, "ä");

    assertEquals("ä", Files.readString(file));
    assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
  }

  @Test
  void aPrivateFileIsNewAndItsOwnersAlone() throws IOException {
    Path file = folder.resolve("new").resolve("all.nightjar");
    OutputFile.writePrivate(file, out -> out.write('a'));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertThrows(Failure.Misuse.class, () -> OutputFile.writePrivate(file, out -> out.write('b')));
    Path half = folder.resolve("new").resolve("half");
    assertThrows(
        IOException.class,
        () ->
            OutputFile.writePrivate(
                half,
                out -> {
                  throw new IOException("full");
                }));
    assertEquals("a", Files.readString(file));
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertEquals(1, files.count(), "no part of either stays behind");
    }
  }

  @Test
  void keepsTheOldFileWhenTheNewOneCannotBeFinished() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old");

    assertThrows(
        IOException.class,
        () ->
            OutputFile.write(
                file,
                out -> {
                  out.write('n');
                  throw new IOException("full");
                }));

    assertEquals("old", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "no part of it stays behind");
    }
  }

  @Test
  void tidiesUpWhatAKilledWriterLeftAndNothingElse() throws IOException {
    String id = ".0b057ef4-e32d-4acf-9391-2b71a923f6ec.part";
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    Path left = Files.writeString(folder.resolve(".a.run.json" + id), "{");
    Path strange = Files.writeString(folder.resolve(".film.part"), "somebody else's");
    Files.setLastModifiedTime(left, old);
    Files.setLastModifiedTime(strange, old);
    Path written = Files.writeString(folder.resolve(".b.run.json" + id), "{");

    OutputFile.write(folder.resolve("c.run.json"), "{}");

    assertFalse(Files.exists(left));
    assertTrue(Files.exists(strange));
    assertTrue(Files.exists(written), "another may be writing it now");
  }

  @Test
  void writesIntoAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();

    OutputFile.write(pipe, "verdicts");

    assertEquals(
        "verdicts", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertFalse(Files.isRegularFile(pipe));
  }

  @Test
  void writesIntoADeviceAndLeavesItOne() throws IOException {
    OutputFile.write(Path.of("/dev/null"), "verdicts");

    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void writesIntoAnOpenFileThatTheSystemNames() throws IOException {
    Path file = Files.writeString(folder.resolve("redirected"), "earlier and longer");
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      Path name = nameOf(file);

      OutputFile.write(name, "verdicts");

      assertTrue(Files.isSymbolicLink(name));
      assertEquals("verdicts", open.readLine(), "the file that was open is the one written");
    }
  }

  private static Path nameOf(Path file) throws IOException {
    try (Stream<Path> names = Files.list(Path.of("/proc/self/fd"))) {
      return names.filter(name -> leadsTo(name, file)).findFirst().orElseThrow();
    }
  }

  private static boolean leadsTo(Path name, Path file) {
    try {
      return Files.readSymbolicLink(name).equals(file.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void replacesALinkAndLeavesWhatItLedTo() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("junit.xml"), other);

    OutputFile.write(link, "verdicts");

    assertEquals("mine", Files.readString(other));
    assertTrue(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS));
    assertEquals("verdicts", Files.readString(link));
  }

  @Test
  void refusesAFolder() {
    assertEquals(
        folder + " is a folder and cannot be written as a file: name another.",
        assertThrows(Failure.Misuse.class, () -> OutputFile.write(folder, "verdicts"))
            .getMessage());
  }
}
