package dev.nightjar.bench.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.bench.profile.CallgrindReader.Spot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallgrindReaderTest {
  private static final String OUT =
      """
      # callgrind format
      version: 1
      positions: instr line
      events: Ir
      summary: 60

      ob=(1) /usr/bin/program
      fl=(1) main.c
      fn=(1) main'(below main)
      0x1100 10 2
      +4 +1 3
      * * 1
      cob=(1)
      cfi=(2) parse.c
      cfn=(2) parse'main'(below main)
      calls=7 0x1200 +5
      +4 -1 50
      fi=(3) inline.h
      +3 7 4

      fl=(2)
      fn=(2)
      0x1200 20 50
      """;

  @TempDir Path folder;

  private CallgrindReader read(String... texts) throws Exception {
    CallgrindReader reader = new CallgrindReader();
    for (int i = 0; i < texts.length; i++) {
      Path file = folder.resolve(i + ".callgrind");
      Files.writeString(file, texts[i]);
      reader.read(file);
    }
    return reader;
  }

  private static long[] at(CallgrindReader reader, String context, String file, long at, int line) {
    return reader
        .costs()
        .getOrDefault(new Spot("/usr/bin/program", context, file, at, line), new long[] {-1});
  }

  @Test
  void costsStandWithTheirContextAndWhatCallsCostIsPassedOver() throws Exception {
    CallgrindReader reader = read(OUT);

    String main = "main'(below main)";
    assertArrayEquals(new long[] {2}, at(reader, main, "main.c", 0x1100, 10));
    assertArrayEquals(new long[] {4}, at(reader, main, "main.c", 0x1104, 11));
    assertArrayEquals(new long[] {4}, at(reader, main, "main.c", 0x110b, 7));
    assertArrayEquals(
        new long[] {50}, at(reader, "parse'main'(below main)", "parse.c", 0x1200, 20));
    assertEquals(60, reader.costs().values().stream().mapToLong(cost -> cost[0]).sum());
  }

  @Test
  void processesAreAddedUpAndEachNamesItsOwnStrings() throws Exception {
    String other = OUT.replace("(1) /usr", "(9) /usr").replace("ob=(1)", "ob=(9)");

    CallgrindReader reader = read(OUT, other);

    assertArrayEquals(new long[] {4}, at(reader, "main'(below main)", "main.c", 0x1100, 10));
    assertEquals(120, reader.costs().values().stream().mapToLong(cost -> cost[0]).sum());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn=(1) main\n0x 10 2\n",
        "fn=(1) main\n0x10\n",
        "fn=(1) main\n5 5 99999999999999999999\n",
        "fn=(1) main\ncalls=\n",
        "fn=(1) main\n+ + +\n",
      })
  void whatIsDamagedIsAClause(String text) {
    ProfileFailed failed = assertThrows(ProfileFailed.class, () -> read(text));

    assertEquals("what callgrind wrote cannot be read", failed.reason().split(" \\(", 2)[0]);
  }

  @Test
  void aPipeInThePlaceOfAFileIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("1.callgrind");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

    assertThrows(ProfileFailed.class, () -> new CallgrindReader().read(pipe));
  }
}
