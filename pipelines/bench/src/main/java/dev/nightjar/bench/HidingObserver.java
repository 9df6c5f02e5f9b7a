package dev.nightjar.bench;

import dev.nightjar.model.Redaction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Hides in what an observer is told what nobody should read. */
final class HidingObserver implements RunObserver {
  private final RunObserver observer;
  private final Redaction redaction;

  HidingObserver(RunObserver observer, Redaction redaction) {
    this.observer = observer;
    this.redaction = redaction;
  }

  @Override
  public void repetitionDone(int repetition, List<Sample> samples) {
    observer.repetitionDone(repetition, samples);
  }

  @Override
  public void skipped(Skip skip) {
    observer.skipped(
        new Skip(skip.step(), redaction.applyTo(skip.subject()), redaction.applyTo(skip.reason())));
  }

  @Override
  public void failed(String benchmark, SortedMap<String, String> parameters, String reason) {
    observer.failed(benchmark, parameters, redaction.applyTo(reason));
  }

  @Override
  public void directionsAssumed(Set<Series> series) {
    observer.directionsAssumed(series);
  }

  @Override
  public void processStarted(long pid) {
    observer.processStarted(pid);
  }

  @Override
  public void processEnded(long pid) {
    observer.processEnded(pid);
  }
}
