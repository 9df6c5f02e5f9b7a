package dev.nightjar.bench.quantity;

import dev.nightjar.model.Series;

/** One entry of {@code measure}. */
public record Measured(Quantity quantity) {
  /** What is measured where nothing is said. */
  public static final Measured TIME = new Measured(Quantity.TIME);

  /** Whether a series of the benchmark is of this. */
  public boolean gives(Series series) {
    return series.benchmark().metric().equals(quantity.metric());
  }

  /** As {@code nightjar.yaml} has it. */
  @Override
  public String toString() {
    return quantity.word();
  }
}
