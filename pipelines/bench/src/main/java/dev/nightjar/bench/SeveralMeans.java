package dev.nightjar.bench;

import dev.nightjar.model.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a repetition gave by several means. One that fails is left out as long as another gives
 * something: a word of {@code measure} that does not suit a program takes nothing from the others.
 */
final class SeveralMeans {
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, RepetitionFailed> failures = new LinkedHashMap<>();

  /** One of them. */
  interface Means {
    List<Sample> measure() throws InterruptedException, RepetitionFailed;
  }

  void add(List<Sample> given) {
    samples.addAll(given);
  }

  void by(String name, Means means) throws InterruptedException {
    try {
      samples.addAll(means.measure());
    } catch (RepetitionFailed e) {
      failures.put(name, e);
    }
  }

  /**
   * All together.
   *
   * @throws RepetitionFailed as the first that failed, where none gave anything
   */
  List<Sample> samples() throws RepetitionFailed {
    if (samples.isEmpty() && !failures.isEmpty()) {
      throw failures.values().iterator().next();
    }
    return samples;
  }

  /** Those that failed, with the reason. */
  Map<String, RepetitionFailed> failures() {
    return failures;
  }
}
