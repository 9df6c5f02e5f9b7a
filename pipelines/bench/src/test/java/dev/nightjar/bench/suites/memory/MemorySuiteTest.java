package dev.nightjar.bench.suites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuitesTest {
  private final List<Sample> samples = new ArrayList<>();
  private final List<Skip> skips = new ArrayList<>();

  private final RunObserver observer =
      new RunObserver() {
        @Override
        public void repetitionDone(int repetition, List<Sample> done) {
          samples.addAll(done);
        }

        @Override
        public void skipped(Skip skip) {
          skips.add(skip);
        }
      };

  @Test
  void memoryGivesEveryRepetitionButTheFirstAndTheBest() throws InterruptedException {
    BenchmarkOutcome outcome = MemorySuite.run(observer, 1 << 20, 6, 2, null);
    assertEquals(End.COMPLETED, outcome.end(), outcome::toString);
    Map<String, List<Sample>> byKernel =
        samples.stream()
            .filter(s -> s.series().benchmark().metric().equals("throughput"))
            .collect(Collectors.groupingBy(s -> s.series().benchmark().name()));
    assertEquals(
        List.of("add", "copy", "dot", "mul", "triad"),
        byKernel.keySet().stream().sorted().toList());
    byKernel.forEach((kernel, all) -> {
      assertEquals(List.of(0, 1, 2, 3, 4), all.stream().map(Sample::ordinal).toList());
      double best = all.stream().mapToDouble(Sample::value).max().orElseThrow();
      assertEquals(best, best(kernel).value());
    });
    Sample triad = byKernel.getOrDefault("triad", List.of()).getFirst();
    assertEquals(3 * 8.0 * (1 << 20) / (triad.wallNanos() / 1e9), triad.value());
    assertEquals("memory", triad.series().benchmark().suite());
    assertEquals("1048576", triad.series().parameters().get("elements"));
    assertEquals("By/s", triad.series().benchmark().unit());
  }

  @Test
  void memoryRunsOnTheCpusThatAreNamed() throws InterruptedException {
    BitSet one = new BitSet();
    one.set(allowed(ProcessHandle.current().pid()).nextSetBit(0));
    List<BitSet> seen = new ArrayList<>();
    RunObserver watching =
        new RunObserver() {
          @Override
          public void repetitionDone(int repetition, List<Sample> done) {}

          @Override
          public void skipped(Skip skip) {}

          @Override
          public void processStarted(long pid) {
            seen.add(allowed(pid));
          }
        };
    assertEquals(End.COMPLETED, MemorySuite.run(watching, 1 << 20, 6, 1, one).end());
    assertEquals(List.of(one), seen);
  }

  private static BitSet allowed(long pid) {
    try {
      String mask =
          Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
              .filter(line -> line.startsWith("Cpus_allowed:"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip().replace(",", ""))
              .findFirst()
              .orElseThrow();
      BigInteger bits = new BigInteger(mask, 16);
      return IntStream.range(0, bits.bitLength())
          .filter(bits::testBit)
          .collect(BitSet::new, BitSet::set, BitSet::or);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sample best(String kernel) {
    return samples.stream()
        .filter(s -> s.series().benchmark().metric().equals("best_throughput"))
        .filter(s -> s.series().benchmark().name().equals(kernel))
        .findAny()
        .orElseThrow();
  }

  @Test
  void arraysThatDoNotFitAreNamedWithTheReason() {
    assertEquals(
        "its arrays take 832 MiB, and of the memory this process may use only 900 MiB are available",
        MemorySuite.misfit(832L << 20, OptionalLong.of(900L << 20)));
    assertNull(MemorySuite.misfit(832L << 20, OptionalLong.of(1100L << 20)));
    assertNull(MemorySuite.misfit(832L << 20, OptionalLong.empty()));
  }

  @Test
  void aSuiteThatIsNotBuiltYetIsSkipped() throws InterruptedException {
    assertEquals(End.SKIPPED, Suites.run("links", observer, null).end());
    assertEquals("links", skips.getFirst().subject());
  }

  @Test
  void anUnknownSuiteNamesTheNearest() {
    Failure.Misuse refusal = assertThrows(Failure.Misuse.class, () -> Suites.check("memroy"));
    assertTrue(refusal.toString().contains("did you mean 'memory'"), refusal::toString);
  }
}
