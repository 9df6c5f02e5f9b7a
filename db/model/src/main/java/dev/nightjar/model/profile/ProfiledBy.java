package dev.nightjar.model.profile;

import java.util.Locale;

/** What counts or samples the costs of functions. */
public enum ProfiledBy {
  /** Valgrind's callgrind: every instruction of every process is counted. */
  CALLGRIND("instructions", "{instruction}", false),
  /** The flight recorder of a Java virtual machine: samples of its Java threads. */
  JFR("sampled Java time", "s", true),
  /** Linux perf: samples of the CPU time. */
  PERF("sampled CPU time", "s", true);

  private final String measure;
  private final String unit;
  private final boolean isSampler;

  ProfiledBy(String measure, String unit, boolean isSampler) {
    this.measure = measure;
    this.unit = unit;
    this.isSampler = isSampler;
  }

  /** The word used in the database and in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one of that word.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  public static ProfiledBy of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** What its costs are, for people. */
  public String measure() {
    return measure;
  }

  /** The unit of its costs. */
  public String unit() {
    return unit;
  }

  /** Whether its costs are estimates. */
  public boolean isSampler() {
    return isSampler;
  }
}
