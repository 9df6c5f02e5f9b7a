package dev.nightjar.bench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.bench.quantity.Instrument.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DhatTest {
  private final Dhat dhat =
      new Dhat(Path.of("valgrind"), Set.of(Quantity.ALLOCATED, Quantity.ALLOCATIONS));

  @TempDir Path folder;

  @Test
  void addsUpTheProcessesOfACommand() throws Exception {
    Files.writeString(
        folder.resolve("dhat.1"),
        """
        ==1== DHAT, a dynamic heap analysis tool
        ==1== Command: /bin/sh -c ./m
        ==1== Total:     1,604 bytes in 45 blocks
        ==1== At t-gmax: 1,024 bytes in 40 blocks
        """);
    Files.writeString(
        folder.resolve("dhat.2"),
        "==2== Command: ./m\n==2== Total:     1,000,000 bytes in 1,000 blocks\n");
    Findings findings = dhat.read(folder);
    assertEquals(
        List.of(
            Reading.of(Quantity.ALLOCATED, Map.of("counter", "dhat"), 1_001_604),
            Reading.of(Quantity.ALLOCATIONS, Map.of("counter", "dhat"), 1_045)),
        findings.readings());
    assertEquals(2, findings.programs().size());
  }

  @Test
  void whatIsNotThereIsNoCount() throws Exception {
    Files.writeString(folder.resolve("dhat.1"), "==1== Command: ./m\n");
    assertThrows(IOException.class, () -> dhat.read(folder));
  }
}
