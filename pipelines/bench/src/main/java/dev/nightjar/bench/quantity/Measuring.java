package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.Indicator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By what means this host measures what a benchmark asks for. */
public final class Measuring {
  /**
   * So many repetitions are measured by instruments that need a run of their own: what they count
   * hardly differs, and three tell how little.
   */
  public static final int REPETITIONS = 3;

  private static final String VALGRIND = "valgrind";
  private static final String INSTALL = "install Valgrind (the package 'valgrind')";

  private final Set<Quantity> byTheRun = EnumSet.noneOf(Quantity.class);
  private final Set<Quantity> byValgrind = EnumSet.noneOf(Quantity.class);
  private final List<Unmeasured> unmeasured = new ArrayList<>();
  private final HostPlatform platform;
  private final Optional<Path> valgrind;

  /**
   * What is asked for and this host cannot measure.
   *
   * @param reason in half a sentence, with what would help
   */
  public record Unmeasured(Measured what, String reason) {}

  private Measuring(HostPlatform platform, String path) {
    this.platform = platform;
    valgrind = ProgramPath.find(VALGRIND, path);
  }

  /** On this host, with the programs of this PATH. */
  public static Measuring of(List<Measured> wanted, HostPlatform platform, String path) {
    Measuring measuring = new Measuring(platform, path);
    wanted.forEach(measuring::find);
    return measuring;
  }

  private void find(Measured wanted) {
    switch (wanted.quantity()) {
      case TIME -> byTheRun.add(Quantity.TIME);
      case INSTRUCTIONS -> findInstructions(wanted);
      case ESTIMATED_CYCLES -> findValgrind(wanted, "only Valgrind has a model of caches");
    }
  }

  private void findInstructions(Measured wanted) {
    HostOffer counter = platform.instructionCounter();
    if (counter.state() == HostOffer.State.THERE) {
      byTheRun.add(Quantity.INSTRUCTIONS);
    } else {
      findValgrind(wanted, "the processor does not count for us (" + counter.detail() + ")");
    }
  }

  private void findValgrind(Measured wanted, String why) {
    if (valgrind.isPresent()) {
      byValgrind.add(wanted.quantity());
    } else {
      String reason = why + ", and there is no Valgrind on the PATH: " + INSTALL;
      unmeasured.add(new Unmeasured(wanted, reason));
    }
  }

  /** What is left out. */
  public List<Unmeasured> unmeasured() {
    return List.copyOf(unmeasured);
  }

  /** Whether anything is read of the repetition itself. */
  public boolean isByTheRun() {
    return !byTheRun.isEmpty();
  }

  /** Whether the time of a repetition is one of its values. */
  public boolean isTimed() {
    return byTheRun.contains(Quantity.TIME);
  }

  /** Whether the processor counts in each repetition. */
  public boolean isCountedByTheRun() {
    return byTheRun.contains(Quantity.INSTRUCTIONS);
  }

  /** Those that need a run of their own. */
  public List<Instrument> instruments() {
    return valgrind
        .filter(_ -> !byValgrind.isEmpty())
        .map(program ->
            List.<Instrument>of(
                new Cachegrind(
                    program,
                    byValgrind.contains(Quantity.INSTRUCTIONS),
                    byValgrind.contains(Quantity.ESTIMATED_CYCLES))))
        .orElse(List.of());
  }

  /** What is read of a repetition beside its time; a reading that failed is absent. */
  public List<Reading> of(ProcessOutcome outcome) {
    List<Reading> readings = new ArrayList<>();
    if (isCountedByTheRun()) {
      outcome
          .readings()
          .of(Indicator.INSTRUCTIONS)
          .ifPresent(count ->
              readings.add(
                  Reading.of(
                      Quantity.INSTRUCTIONS, Map.of(Series.COUNTER, "hardware"), (double) count)));
    }
    return readings;
  }
}
