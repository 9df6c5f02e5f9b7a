package dev.nightjar.bench.profile;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.OnFailure;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.bench.StoppingRule;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A benchmark's command, run once with a profiler before it; what it measures is not looked at. */
final class ProfiledCommand {
  private final BenchmarkDefinition definition;

  ProfiledCommand(BenchmarkDefinition definition) {
    this.definition = definition;
  }

  /**
   * Runs it in a version's folder.
   *
   * @param profiler the program that runs it; empty for none
   * @param environment variables beside its own
   * @return how long it took
   * @throws ProfileFailed when it fails, or takes longer than that
   */
  Duration run(Path tree, List<String> profiler, Map<String, String> environment, Duration timeout)
      throws ProfileFailed, InterruptedException {
    List<String> command = new ArrayList<>(profiler);
    command.addAll(definition.command());
    SortedMap<String, String> variables = new TreeMap<>(definition.environment());
    variables.putAll(environment);
    BenchmarkDefinition once =
        BenchmarkDefinition.named(definition.name())
            .command(command)
            .environment(variables)
            .folder(definition.folder())
            .timeout(timeout)
            .warmups(0)
            .repetitions(StoppingRule.exactly(1))
            .onFailure(OnFailure.FAIL)
            .redaction(definition.redaction())
            .build();
    Timed timed = new Timed();
    BenchmarkOutcome outcome = BenchmarkRunner.run(once, tree, timed);
    if (outcome.end() != BenchmarkOutcome.End.COMPLETED) {
      throw new ProfileFailed(String.valueOf(outcome.reason()));
    }
    return Duration.ofNanos(timed.wallNanos);
  }

  /** The variable's value that the command would get, or none. */
  String variable(String name) {
    String own = definition.environment().get(name);
    String inherited = own == null ? System.getenv(name) : own;
    return inherited == null ? "" : inherited;
  }

  String name() {
    return definition.name();
  }

  private static final class Timed implements RunObserver {
    private long wallNanos;

    @Override
    public void repetitionDone(int repetition, List<Sample> samples) {
      wallNanos = samples.getFirst().wallNanos();
    }

    @Override
    public void skipped(Skip skip) {
      // Nothing is read of its results, so nothing of them can be left out.
    }
  }
}
