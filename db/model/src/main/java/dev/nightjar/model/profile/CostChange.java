package dev.nightjar.model.profile;

/**
 * What something costs a run in the earlier version and in the later one, in the profile's unit.
 */
public record CostChange(double before, double after) {

  /** Nothing in either version. */
  public static final CostChange NONE = new CostChange(0, 0);

  /** How much more the later version costs; negative where it costs less. */
  public double difference() {
    return after - before;
  }

  /** The same by what the earlier version costs; infinite where that is nothing. */
  public double relative() {
    return difference() == 0 ? 0 : difference() / before;
  }

  /** Both together. */
  public CostChange plus(CostChange other) {
    return new CostChange(before + other.before, after + other.after);
  }
}
