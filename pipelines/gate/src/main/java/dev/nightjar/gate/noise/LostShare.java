package dev.nightjar.gate.noise;

import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How much of a sample's wall time was lost, by one indicator. */
final class LostShare {
  private static final Map<Indicator, Indicator> SUBSTITUTES = new EnumMap<>(Indicator.class);

  static {
    for (Indicator indicator : Indicator.values()) {
      indicator.replaced().ifPresent(other -> SUBSTITUTES.put(other, indicator));
    }
  }

  private LostShare() {}

  /**
   * Empty where neither it nor what stands for it was read, and of what tells of no lost time. Of a
   * clock it is not a share but what two differ by is.
   */
  static OptionalDouble of(Indicator indicator, Sample sample) {
    OptionalLong value = reading(indicator, sample.readings());
    if (value.isEmpty() || sample.wallNanos() <= 0 || indicator.loss().isEmpty()) {
      return OptionalDouble.empty();
    }
    double share = indicator.loss().get().share(value.getAsLong(), sample.wallNanos());
    return Double.isFinite(share) ? OptionalDouble.of(share) : OptionalDouble.empty();
  }

  private static OptionalLong reading(Indicator indicator, BoundaryReadings readings) {
    Indicator substitute = SUBSTITUTES.get(indicator);
    return readings.has(indicator) || substitute == null
        ? readings.of(indicator)
        : readings.of(substitute);
  }
}
