package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.kernel.process.RunningTotals;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** By what means this host measures what a benchmark asks for. */
public final class Measuring {
  /**
   * So many repetitions are measured by instruments that need a run of their own: what they count
   * hardly differs, and three tell how little.
   */
  public static final int REPETITIONS = 3;

  private static final double MICROJOULES = 1e6;
  private static final String VALGRIND = "valgrind";
  private static final String INSTALL = "install Valgrind (the package 'valgrind')";

  private static final String NO_ENERGY =
      "this machine shows no energy, or not to this user (/sys/class/powercap/intel-rapl:*): virtual"
          + " machines seldom do; elsewhere root lets others read it";

  private final Set<Quantity> byTheRun = EnumSet.noneOf(Quantity.class);
  private final Set<Quantity> byValgrind = EnumSet.noneOf(Quantity.class);
  private final List<Measured> sized = new ArrayList<>();
  private final List<Unmeasured> unmeasured = new ArrayList<>();
  private final HostPlatform platform;
  private final Optional<Path> valgrind;
  private final Optional<Path> time;
  private boolean byTime;
  private boolean byAgent;

  /**
   * What is asked for and this host cannot measure.
   *
   * @param reason in half a sentence, with what would help
   */
  public record Unmeasured(Measured what, String reason) {}

  private Measuring(HostPlatform platform, String path) {
    this.platform = platform;
    valgrind = ProgramPath.find(VALGRIND, path);
    time = ProgramPath.find("time", path);
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
      case ALLOCATED, ALLOCATIONS -> findValgrind(wanted, "only Valgrind sees allocations");
      case JVM_ALLOCATED -> byAgent = true;
      case PEAK_MEMORY -> findPeakMemory();
      case SIZE -> sized.add(wanted);
      case ENERGY -> findEnergy(wanted);
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

  /** Without the program, that of what needs more memory than this JVM is known all the same. */
  private void findPeakMemory() {
    if (time.isPresent()) {
      byTime = true;
    } else {
      byTheRun.add(Quantity.PEAK_MEMORY);
    }
  }

  private void findEnergy(Measured wanted) {
    try (RunningTotals totals = platform.totals()) {
      if (totals.read().totals().has(Indicator.ENERGY)) {
        byTheRun.add(Quantity.ENERGY);
      } else {
        unmeasured.add(new Unmeasured(wanted, NO_ENERGY));
      }
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

  /** Whether nothing at all is. */
  public boolean isNothing() {
    return byTheRun.isEmpty() && sized.isEmpty() && instruments().isEmpty();
  }

  /** Those that need a run of their own. */
  public List<Instrument> instruments() {
    List<Instrument> instruments = new ArrayList<>();
    if (byTime) {
      time.ifPresent(program -> instruments.add(new PeakMemory(program)));
    }
    if (byAgent) {
      instruments.add(new JvmAllocation());
    }
    valgrind.ifPresent(program -> {
      if (isAny(Quantity.INSTRUCTIONS, Quantity.ESTIMATED_CYCLES)) {
        instruments.add(new Cachegrind(program, byValgrind));
      }
      if (isAny(Quantity.ALLOCATED, Quantity.ALLOCATIONS)) {
        instruments.add(new Dhat(program, byValgrind));
      }
    });
    return instruments;
  }

  private boolean isAny(Quantity one, Quantity other) {
    return byValgrind.contains(one) || byValgrind.contains(other);
  }

  /**
   * The sizes that are asked for.
   *
   * @throws IOException when something is not there
   */
  public List<Reading> sizes(Path repository) throws IOException {
    List<Reading> sizes = new ArrayList<>();
    for (Measured one : sized) {
      sizes.add(FileSize.of(repository, one.argument()));
    }
    return sizes;
  }

  /** What is read of a repetition beside its time; a reading that failed is absent. */
  public List<Reading> of(ProcessOutcome outcome) {
    List<Reading> readings = new ArrayList<>();
    BoundaryReadings read = outcome.readings();
    Map<String, String> counter = Map.of(Series.COUNTER, "hardware");
    add(readings, Quantity.INSTRUCTIONS, counter, read.of(Indicator.INSTRUCTIONS), 1);
    add(readings, Quantity.PEAK_MEMORY, Map.of(), read.of(Indicator.MAX_RSS), 1);
    add(readings, Quantity.ENERGY, Map.of(), read.of(Indicator.ENERGY), MICROJOULES);
    return readings;
  }

  /** What a repetition should have told and did not, with the reason. */
  public List<Unmeasured> absentOf(ProcessOutcome outcome) {
    Set<Quantity> told = EnumSet.of(Quantity.TIME);
    of(outcome).forEach(reading -> told.add(reading.quantity()));
    return byTheRun.stream()
        .filter(quantity -> !told.contains(quantity))
        .map(quantity -> new Unmeasured(new Measured(quantity), whyAbsent(quantity)))
        .toList();
  }

  private static String whyAbsent(Quantity quantity) {
    return switch (quantity) {
      case INSTRUCTIONS ->
          "the processor did not count all of the time, as others use its counters too, and what it"
              + " tells would be an estimate";
      case PEAK_MEMORY ->
          "Linux tells the peak only of programs larger than Nightjar itself: install the program"
              + " 'time' (the package 'time')";
      default -> "it could not be read, or its counter began anew";
    };
  }

  private void add(
      List<Reading> readings,
      Quantity quantity,
      Map<String, String> parameters,
      OptionalLong value,
      double ofAUnit) {
    if (byTheRun.contains(quantity) && value.isPresent()) {
      readings.add(Reading.of(quantity, parameters, value.getAsLong() / ofAUnit));
    }
  }
}
