package dev.nightjar.bench.suites.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.bench.StoppingRule;
import dev.nightjar.bench.suites.Measure;
import dev.nightjar.bench.suites.SuiteCase;
import dev.nightjar.bench.suites.SuiteRunner;
import dev.nightjar.bench.suites.Suites;
import dev.nightjar.model.Device;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemorySuiteTest {
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
    BenchmarkOutcome outcome = run(observer, 2, null);
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
    assertEquals(End.COMPLETED, run(watching, 1, one).end());
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

  private static BenchmarkOutcome run(RunObserver observer, int threads, @Nullable BitSet cpus)
      throws InterruptedException {
    return SuiteRunner.run(
        MemorySuite.ofProcessors(1 << 20, threads, StoppingRule.exactly(5)),
        observer,
        SuiteRunner.repetitions(1, List.of()),
        cpus);
  }

  @Test
  void itsCaseIsBabelStreams() {
    SuiteCase only = new MemorySuite().cases(List.of(Device.CPU), 3).getFirst();
    assertEquals("{elements=33554432, threads=3}", only.parameters().toString());
    assertEquals(99, only.repetitions().fewest());
    assertEquals(
        List.of("copy", "mul", "add", "triad", "dot"),
        only.measures().stream().map(Measure::benchmark).toList());
    assertEquals(List.of(), new MemorySuite().cases(List.of(Device.of("cuda:0 A")), 3));
  }

  @Test
  void aWrongSumIsFound() throws Exception {
    StreamKernels kernels = new StreamKernels(1 << 12, 2);
    kernels.warmUp();
    for (int i = 0; i < 3; i++) {
      for (int measure = 0; measure < StreamKernels.NAMES.size(); measure++) {
        kernels.run(measure);
      }
    }
    assertNull(kernels.mistake(3));
    String mistake = String.valueOf(kernels.mistake(2));
    assertTrue(mistake.contains("is wrong by"), mistake);
  }

  @Test
  void theSuitesAreFoundByName() {
    assertEquals("memory", Suites.named("memory").name());
    Failure.Misuse refusal = assertThrows(Failure.Misuse.class, () -> Suites.named("links"));
    assertTrue(
        refusal.toString().contains("There is no suite 'links'. The suites are: "),
        refusal::toString);
  }
}
