package dev.nightjar.bench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.quantity.Instrument.Findings;
import dev.nightjar.kernel.process.ProcessCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachegrindTest {
  private static final Path VALGRIND = Path.of("/usr/bin/valgrind");

  @TempDir Path folder;

  private void output(int pid, String text) throws IOException {
    Files.writeString(folder.resolve("cachegrind.out." + pid), text);
  }

  @Test
  void addsUpTheProcessesOfACommand() throws Exception {
    output(1, "cmd: /bin/sh -c ./a\nevents: Ir \nfl=a.c\nfn=main\n3 7\nsummary: 223265 \n");
    output(2, "cmd: ./a 100\nevents: Ir \nfl=a.c\nfn=main\n3 7\nsummary: 53082804 \n");
    Files.writeString(folder.resolve("log.1"), "==1== a word of warning\n");
    Findings findings = new Cachegrind(VALGRIND, Set.of(Quantity.INSTRUCTIONS)).read(folder);
    Reading reading = findings.readings().getFirst();
    assertEquals(Quantity.INSTRUCTIONS, reading.quantity());
    assertEquals(53_306_069, reading.value());
    assertEquals(Map.of("counter", "cachegrind"), reading.parameters());
    assertEquals(
        List.of("./a 100", "/bin/sh -c ./a"), findings.programs().stream().sorted().toList());
  }

  @Test
  void estimatesCyclesByAStatedModelOfCaches() throws Exception {
    output(
        1,
        """
        cmd: ./a
        events: Ir I1mr ILmr Dr D1mr DLmr Dw D1mw DLmw
        summary: 1000 3 1 400 5 2 100 2 1
        """);
    List<Reading> readings =
        new Cachegrind(VALGRIND, Set.of(Quantity.INSTRUCTIONS, Quantity.ESTIMATED_CYCLES))
            .read(folder)
            .readings();
    assertEquals(1000, readings.get(0).value());
    assertEquals(1000 + 10 * (3 + 5 + 2) + 100 * (1 + 2 + 1), readings.get(1).value());
    assertEquals("32K/32K/8M", readings.get(1).parameters().get("caches"));
  }

  /** A program that a signal ended leaves nothing, or half of it: that is no count of zero. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no count of Ir",
        "'cmd: ./a\nevents: Ir\n' | ends before its sums",
        "'cmd: ./a\nevents: Ir Dr\nsummary: 5\n' | are no numbers",
        "'cmd: ./a\nevents: Ir\nsummary: many\n' | are no numbers",
      })
  void whatIsNotThereIsNoCount(String text, String reason) throws Exception {
    if (!text.isEmpty()) {
      output(1, text);
    }
    Cachegrind cachegrind = new Cachegrind(VALGRIND, Set.of(Quantity.INSTRUCTIONS));
    IOException thrown = assertThrows(IOException.class, () -> cachegrind.read(folder));
    assertTrue(String.valueOf(thrown.getMessage()).contains(reason), thrown.getMessage());
  }

  @Test
  void runsTheCommandWithItsChildrenAndLeavesItMoreTime() {
    ProcessCommand plain =
        ProcessCommand.of(List.of("./a", "x y"), folder, folder, folder, Duration.ofSeconds(2));
    ProcessCommand around =
        new Cachegrind(VALGRIND, Set.of(Quantity.INSTRUCTIONS)).around(plain, folder);
    assertEquals(VALGRIND.toString(), around.argv().getFirst());
    assertTrue(around.argv().contains("--trace-children=yes"));
    assertTrue(around.argv().contains("--cache-sim=no"));
    assertEquals(
        List.of("./a", "x y"),
        around.argv().subList(around.argv().size() - 2, around.argv().size()));
    assertEquals(Duration.ofSeconds(200), around.timeout());
  }
}
