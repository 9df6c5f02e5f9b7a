package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ci/room-times} makes of a build's log, with a budget of 15 s. */
class RoomTimesTest {
  @TempDir Path folder;

  private record Ended(int exitCode, String output) {}

  private Ended of(String log) throws Exception {
    Path file = Files.writeString(folder.resolve("log"), log);
    Files.writeString(folder.resolve("README.md"), "| `db/model` | 15 s | a budget |\n");
    Path script = folder.resolve("room-times");
    Files.copy(
        CiServer.NIGHTJAR.resolve("ci/room-times"),
        script,
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    Process process =
        new ProcessBuilder(script.toString(), file.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static String room(String name, String time) {
    return "[INFO] Nightjar :: " + name + " ......... SUCCESS [" + time + "]\n";
  }

  @ParameterizedTest
  @CsvSource({
    "'  7.2 s', 0, 7 s of   15 s",
    "' 15.9 s', 0, warning: past its budget",
    "'04:59 min', 0, warning: past its budget",
    "'05:01 min', 1, FAILED: past its limit of 300 s",
    "'01:02 h', 1, FAILED: past its limit of 300 s"
  })
  void aRoomPastItsBudgetIsWarnedOfAndPastItsLimitFails(String time, int exitCode, String word)
      throws Exception {
    Ended ended = of(room("db/model", time));
    assertEquals(exitCode, ended.exitCode(), ended.output());
    assertTrue(ended.output().contains(word), ended.output());
  }

  @Test
  void aRoomWithoutABudgetAndALogWithoutRoomsFail() throws Exception {
    assertTrue(of(room("pipelines/new", "1.0 s")).output().contains("no budget"));
    assertEquals(1, of(room("pipelines/new", "1.0 s")).exitCode());
    assertEquals(1, of("[ERROR] nothing was built\n").exitCode());
  }
}
