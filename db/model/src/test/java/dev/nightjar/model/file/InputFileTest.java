package dev.nightjar.model.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others may have put under a name costs neither memory nor time, and tells nothing. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InputFileTest {
  @TempDir private Path folder;

  @Test
  void readsARegularFileUpToItsBound() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "12345\nä\n");

    assertEquals("12345\nä\n", InputFile.of(file, 9).text());
    assertEquals(2, InputFile.of(file, 9).lines().size());
    assertEquals(
        file
            + " is larger than 8 bytes, the most that is read of such a file: check that"
            + " it is the right one.",
        refusal(InputFile.of(file, 8)));
  }

  @Test
  void refusesAPipeBeforeItWaitsForAWriter() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

    assertEquals(
        pipe + " is a pipe, where only a regular file is read: name one.",
        refusal(InputFile.of(pipe, 1 << 20)));
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    assertTrue(refusal(InputFile.of(link, 1 << 20)).contains("is a pipe"));
  }

  @Test
  void refusesDevicesAndFolders() {
    assertTrue(refusal(InputFile.of(Path.of("/dev/zero"), 1 << 20)).contains("is a device"));
    assertTrue(refusal(InputFile.of(folder, 1 << 20)).contains("is a folder"));
  }

  @Test
  void refusesTerabytesOfNothingWithoutReadingThem() throws IOException {
    Path file = folder.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    assertTrue(refusal(InputFile.of(file, 64 << 20)).contains("is larger than 64 MiB"));
  }

  @Test
  void countsWhatAFileYieldsWhoseSizeSaysNothing() throws IOException {
    Path status = Path.of("/proc/self/status");

    assertTrue(InputFile.of(status, 1 << 20).text().startsWith("Name:"));
    assertTrue(refusal(InputFile.of(status, 16)).contains("is larger than 16 bytes"));
    try (InputStream in = InputFile.of(status, 16).stream()) {
      assertThrows(
          Failure.Misuse.class,
          () -> {
            while (in.read() >= 0) {
              // One by one, as some parsers read.
            }
          });
    }
  }

  @Test
  void followsALinkUnlessItLeadsOutOfItsFolder() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("runs"));
    Path secret = Files.writeString(folder.resolve("secret"), "token");
    Path file = Files.writeString(inside.resolve("1.json"), "{}");
    Path latest = Files.createSymbolicLink(inside.resolve("latest.json"), Path.of("1.json"));
    Path out = Files.createSymbolicLink(inside.resolve("out.json"), secret);

    assertEquals("token", InputFile.of(out, 100).text());
    assertEquals("{}", InputFile.of(file, 100).below(inside).text());
    assertEquals("{}", InputFile.of(latest, 100).below(inside).text());
    assertEquals(
        out
            + " leads out of "
            + inside
            + ", and what stands elsewhere is not read through it: put the file itself there.",
        refusal(InputFile.of(out, 100).below(inside)));
    Path up = inside.resolve("..").resolve("secret");
    assertTrue(refusal(InputFile.of(up, 100).below(inside)).contains("leads out of"));
  }

  @Test
  void aFolderReachedThroughALinkIsStillTheFolder() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("runs"));
    Files.writeString(inside.resolve("1.json"), "{}");
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), inside);

    assertEquals("{}", InputFile.of(linked.resolve("1.json"), 100).below(linked).text());
  }

  @Test
  void leavesWhatIsMissingOrNoTextToTheCaller() throws IOException {
    Path missing = folder.resolve("missing");
    Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xc3, 0x28});
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), missing);

    assertThrows(NoSuchFileException.class, () -> InputFile.of(missing, 10).bytes());
    assertThrows(NoSuchFileException.class, () -> InputFile.of(dangling, 10).bytes());
    assertThrows(NoSuchFileException.class, () -> InputFile.of(dangling, 10).below(folder).bytes());
    assertThrows(CharacterCodingException.class, () -> InputFile.of(bytes, 10).text());
  }

  private static String refusal(InputFile file) {
    return String.valueOf(assertThrows(Failure.Misuse.class, file::bytes).getMessage());
  }
}
