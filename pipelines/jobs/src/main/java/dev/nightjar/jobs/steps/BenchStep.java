package dev.nightjar.jobs.steps;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.jobs.ledger.OwnedRun;
import dev.nightjar.jobs.paired.Checkout;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.settings.ShellLine;
import dev.nightjar.store.lock.HeldLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs the benchmarks and suites that the settings name, alone on this host. */
public final class BenchStep implements PipelineStep {
  static final String NAME = "bench";

  private final OwnedRun owned;

  /** A step of a run, whose owner ends when the lock that this takes is lost. */
  public BenchStep(OwnedRun owned) {
    this.owned = owned;
  }

  @Override
  public String run(RunContext context) throws Exception {
    List<BenchmarkDefinition> benchmarks = context.settings().benchmarks();
    List<String> suites = context.settings().suites();
    if (benchmarks.isEmpty() && suites.isEmpty()) {
      context.skip(new Skip(NAME, "benchmarks", "nightjar.yaml names no benchmark and no suite"));
      return "nothing to measure";
    }
    try (HeldLock _ = owned.holding(Turn.ofHost(context.database(), context.listener()));
        QuietCpu quiet =
            QuietCpu.open(HostPlatform.current(), context.settings().quiet(), context::skip)) {
      BenchmarkProtocol protocol = new BenchmarkProtocol(context, quiet);
      int total = benchmarks.size() + suites.size();
      int done = 0;
      Optional<String> problem = setUp(context, protocol);
      for (BenchmarkDefinition benchmark : benchmarks) {
        context.listener().progress(NAME, "benchmarks", done++, total);
        measure(context, benchmark, protocol, problem);
      }
      for (String suite : suites) {
        context.listener().progress(NAME, "benchmarks", done++, total);
        protocol.measureSuite(suite);
      }
      protocol.measureDoubtfulAgain();
      return summary(context, quiet);
    }
  }

  /**
   * Why the work tree could not be made ready; empty when it was, or nothing is left to do in it.
   */
  private static Optional<String> setUp(RunContext context, BenchmarkProtocol protocol)
      throws InterruptedException {
    Optional<Path> workTree = context.repository().workTree();
    Optional<ShellLine> setup = context.settings().setup();
    if (workTree.isEmpty()
        || setup.isEmpty()
        || context.settings().benchmarks().stream()
            .allMatch(benchmark -> protocol.isMeasured(benchmark, workTree.get()))) {
      return Optional.empty();
    }
    context.listener().note("Setting up: " + setup.get());
    return Checkout.setUp(workTree.get(), setup);
  }

  private static void measure(
      RunContext context,
      BenchmarkDefinition benchmark,
      BenchmarkProtocol protocol,
      Optional<String> problem)
      throws InterruptedException {
    Optional<Path> workTree = context.repository().workTree();
    if (workTree.isPresent() && problem.isPresent()) {
      protocol.fail(benchmark, workTree.get(), problem.get());
    } else if (workTree.isPresent()) {
      protocol.measure(benchmark, workTree.get());
    } else {
      String reason = "the repository is bare: there is no work tree to run it in";
      context.skip(new Skip(NAME, benchmark.name(), reason));
    }
  }

  private static String summary(RunContext context, QuietCpu quiet) {
    List<Sample> samples = context.database().samples().of(context.run().id());
    long series = samples.stream().map(Sample::series).distinct().count();
    int failed = context.database().benchmarkFailures().of(context.run().id()).size();
    return "%,d samples of %,d series%s%s"
        .formatted(
            samples.size(),
            series,
            failed == 0 ? "" : ", " + failed + " benchmarks failed",
            quiet.boosted() == 0 ? "" : ", %,d programs boosted".formatted(quiet.boosted()));
  }
}
