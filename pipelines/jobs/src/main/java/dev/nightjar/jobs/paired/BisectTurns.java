package dev.nightjar.jobs.paired;

import dev.nightjar.bench.InterleavedRunner;
import dev.nightjar.bench.Placement;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Keeps each pair of a commit with the good one as soon as it is done. */
final class BisectTurns implements InterleavedRunner.PairObserver {
  private final BisectState state;
  private final MeasuredCommit before;
  private final Optional<String> metric;
  private final QuietCpu quiet;
  private final BooleanSupplier isEnough;
  private final Consumer<String> notes;
  private final Duet duet;
  private final Set<String> told = new HashSet<>();
  private final int pairsBefore;
  private final long spentBefore;
  private final long beganNanos = System.nanoTime();

  /**
   * Of a commit.
   *
   * @param before what is known of it
   * @param metric the one that is looked at; absent for the first
   * @param isEnough is asked after each pair is kept
   */
  BisectTurns(
      BisectState state,
      MeasuredCommit before,
      Optional<String> metric,
      QuietCpu quiet,
      BooleanSupplier isEnough,
      Consumer<String> notes) {
    this.state = state;
    this.before = before;
    this.metric = metric;
    this.quiet = quiet;
    duet = new Duet(quiet.cpus(), false); // its pairs may be of several calls
    this.isEnough = isEnough;
    this.notes = notes;
    pairsBefore = before.pairs().size();
    spentBefore = before.spent().toNanos();
  }

  @Override
  public boolean pairDone(int pair, List<Sample> good, List<Sample> here) {
    duet.pairDone(good, here);
    List<Series> both =
        good.stream()
            .map(Sample::series)
            .distinct()
            .filter(series -> here.stream().anyMatch(sample -> sample.series().equals(series)))
            .filter(series -> metric.map(series.benchmark().metric()::equals).orElse(true))
            .toList();
    if (both.isEmpty()) {
      state.skip(before.commit(), "it gives no such result");
      return true;
    }
    Series series = both.getFirst();
    state.add(
        before.commit(),
        new MeasuredCommit.Pair(
            series.benchmark().metric(),
            series.benchmark().unit(),
            series.parameters().get(Series.COUNTER),
            MeasuredCommit.Reading.of(of(series, good)),
            MeasuredCommit.Reading.of(of(series, here)),
            spentBefore + System.nanoTime() - beganNanos));
    return isEnough.getAsBoolean();
  }

  private static List<Sample> of(Series series, List<Sample> samples) {
    return samples.stream().filter(sample -> sample.series().equals(series)).toList();
  }

  @Override
  public int fewestPairs() {
    return state.commit(before.commit()).fewestPairs() - pairsBefore;
  }

  @Override
  public Placement placement(int pair) {
    return duet.placement(pair);
  }

  /** Only what is looked at. */
  @Override
  public boolean wants(Measured what) {
    return metric.map(what.quantity().metric()::equals).orElse(true);
  }

  @Override
  public void skipped(Skip skip) {
    String note = skip.subject() + ": " + skip.reason();
    if (told.add(note)) {
      notes.accept(note);
    }
  }

  @Override
  public void processStarted(long pid) {
    quiet.started(pid);
  }

  @Override
  public void processEnded(long pid) {
    quiet.ended(pid);
  }
}
