package dev.nightjar.site.section.functions;

import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.unit.UnitScale;
import java.util.Locale;

/** What functions cost, in words. */
final class Costs {
  private static final double MANY = 1e6;

  private Costs() {}

  /** Such as {@code 12.4 million instructions}, or {@code 0.24 s of sampled CPU time}. */
  static String words(DifferentialProfile profile, double cost) {
    return profile.profiler().isSampler()
        ? number(profile, cost) + " of " + profile.profiler().measure()
        : number(profile, cost) + " " + profile.profiler().measure();
  }

  /** The number alone, as short as a cell of a table wants it. */
  static String number(DifferentialProfile profile, double cost) {
    if (profile.profiler().isSampler()) {
      return UnitScale.of("s", cost).format(cost);
    }
    return cost >= MANY
        ? String.format(Locale.ROOT, "%.1f million", cost / MANY)
        : String.format(Locale.ROOT, "%,.0f", cost);
  }
}
