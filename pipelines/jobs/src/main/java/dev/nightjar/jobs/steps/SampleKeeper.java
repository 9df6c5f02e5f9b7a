package dev.nightjar.jobs.steps;

import dev.nightjar.bench.RunObserver;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.store.run.BenchmarkFailure;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Stores what a benchmark gives, repetition by repetition, and has its processes watched and
 * boosted meanwhile.
 */
final class SampleKeeper implements RunObserver {
  private final RunContext context;
  private final String benchmark;
  private final QuietCpu quiet;

  SampleKeeper(RunContext context, String benchmark, QuietCpu quiet) {
    this.context = context;
    this.benchmark = benchmark;
    this.quiet = quiet;
  }

  @Override
  public void repetitionDone(int repetition, List<Sample> samples) {
    Run run = context.run();
    context.database().samples().put(run.id(), run.repositoryId(), run.hostId(), samples);
    context.listener().hear(stored(repetition, samples));
    context.listener().progress(BenchStep.NAME, "repetitions of " + benchmark, repetition + 1L, 0);
  }

  private RunEvent stored(int repetition, List<Sample> samples) {
    return new RunEvent.SamplesStored(
        benchmark, repetition, samples.stream().map(Sample::series).distinct().toList());
  }

  @Override
  public void skipped(Skip skip) {
    context.skip(new Skip(BenchStep.NAME, skip.subject(), skip.reason()));
  }

  @Override
  public void failed(String name, SortedMap<String, String> parameters, String reason) {
    context
        .database()
        .benchmarkFailures()
        .put(context.run().id(), new BenchmarkFailure(null, name, parameters, null, reason));
  }

  @Override
  public void directionsAssumed(Set<Series> series) {
    Run run = context.run();
    context.database().assumedDirections().put(run.id(), run.repositoryId(), run.hostId(), series);
  }

  @Override
  public void processStarted(long pid) {
    quiet.started(pid);
    context.sampler().watch(pid);
  }

  @Override
  public void processEnded(long pid) {
    try {
      context.sampler().forget(pid);
    } finally {
      quiet.ended(pid);
    }
  }
}
