package dev.nightjar.bench.suites;

import org.jspecify.annotations.Nullable;

/** What a worker measures, again and again. For one thread. */
public interface Workload extends AutoCloseable {

  /** Does what is not measured and comes before the first repetition, such as compilation. */
  void warmUp() throws Exception;

  /**
   * Does once what a {@link Measure} is about. Each repetition does all of them, in their order.
   *
   * @param measure its place in {@link SuiteCase#measures}
   */
  void run(int measure) throws Exception;

  /**
   * Whether the results are right, asked once at the end.
   *
   * @param repetitions how many were done in all
   * @return what is wrong; absent if nothing is
   */
  @Nullable String mistake(int repetitions) throws Exception;

  @Override
  default void close() {}
}
