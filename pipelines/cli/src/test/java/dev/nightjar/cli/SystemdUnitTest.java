package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service of a night: whatever is not "nothing got worse" fires its OnFailure=. */
class SystemdUnitTest {
  private static final Path SERVICE = Path.of("..", "..", "ci", "systemd", "nightjar@.service");

  @Test
  void aFindingFailsTheUnit() throws Exception {
    List<String> lines = Files.readAllLines(SERVICE);
    List<String> starts = lines.stream().filter(line -> line.startsWith("ExecStart=")).toList();
    assertEquals(List.of("ExecStart=%h/nightjar/nightjar run --resume --gate"), starts);
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("SuccessExitStatus=")));
  }

  @Test
  void whoEnablesItIsToldOfLingering() throws Exception {
    assertTrue(Files.readString(SERVICE).contains("loginctl enable-linger"));
  }
}
