package dev.nightjar.bench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakMemoryTest {
  private final PeakMemory time = new PeakMemory(Path.of("/usr/bin/time"));

  @TempDir Path folder;

  @Test
  void isKeptInBytes() throws Exception {
    Files.writeString(folder.resolve("peak"), "1532\n");
    assertEquals(
        List.of(Reading.of(Quantity.PEAK_MEMORY, Map.of(), 1532 * 1024.0)),
        time.read(folder).readings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0\n", "Command terminated by signal 9\n1532\n", "%M\n"})
  void whatIsNoNumberIsNoPeak(String text) throws Exception {
    Files.writeString(folder.resolve("peak"), text);
    assertThrows(IOException.class, () -> time.read(folder));
  }
}
