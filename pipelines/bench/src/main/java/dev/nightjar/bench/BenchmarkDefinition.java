package dev.nightjar.bench;

import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quantity.Measuring;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Redaction;
import dev.nightjar.model.Series;
import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark of the user's own: a command that is timed, or that writes a result file, or that
 * prints numbers.
 *
 * @param name unique among the user's benchmarks; no control characters
 * @param command the program and its arguments
 * @param setup is run once before the warm-ups, not measured; empty for none
 * @param environment variables set in addition to Nightjar's own
 * @param folder the working folder, relative to the repository
 * @param timeout of one repetition, and of the set-up
 * @param warmups repetitions that are run first and not stored; absent for as many as it takes
 *     until one is no longer clearly faster than those before it
 * @param repetitions how many are stored
 * @param results a glob of result files, relative to the repository; their format is found out;
 *     absent when the command is timed
 * @param measures what is measured of the command itself; its time alone unless something else is
 *     said, and nothing where it writes or prints its values
 * @param metric what the values of a timed command are
 * @param extracted metrics found in the command's standard output, or else its standard error,
 *     instead of its time
 * @param redaction hides what nobody should read of commands and environment, wherever they or what
 *     the commands print are told
 * @param duet whether two versions of the command may run at the same time; false where they would
 *     be in each other's way, as by a port or a file outside the repository
 */
public record BenchmarkDefinition(
    String name,
    List<String> command,
    List<String> setup,
    SortedMap<String, String> environment,
    String folder,
    Duration timeout,
    @Nullable Integer warmups,
    StoppingRule repetitions,
    OnFailure onFailure,
    @Nullable String results,
    List<Measured> measures,
    MetricDefinition metric,
    List<ExtractedMetric> extracted,
    Redaction redaction,
    boolean duet) {
  private static final int LONGEST_NAME = 200;
  private static final int MOST_WARMUPS = 10_000;
  private static final Duration LONGEST = Duration.ofDays(7);

  public BenchmarkDefinition {
    command = List.copyOf(command);
    setup = List.copyOf(setup);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    extracted = List.copyOf(extracted);
    measures = List.copyOf(measures);
    if (name.isBlank() || name.length() > LONGEST_NAME || hasControls(name)) {
      throw new Failure.Misuse(
          "A benchmark's name must be 1 to 200 visible characters, unlike '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "'.");
    }
    require(name, !command.isEmpty() && !command.getFirst().isBlank(), "has no command");
    require(
        name, timeout.isPositive() && timeout.compareTo(LONGEST) <= 0, "needs a timeout up to 7 d");
    require(
        name,
        warmups == null || (warmups >= 0 && warmups <= MOST_WARMUPS),
        "needs 0 to 10000 warm-ups");
    require(name, isInside(folder), "has a working folder outside the repository: " + folder);
    require(
        name,
        results == null || (isInside(results) && isGlob(results)),
        "has results that are no glob inside the repository: " + results);
    require(
        name,
        results == null || extracted.isEmpty(),
        "has both 'results' and 'metrics': keep the one that holds its numbers");
    require(
        name,
        measures.stream().allMatch(one -> isInside(one.argument())),
        "has a 'size' outside the repository");
    require(name, areDistinct(metrics(measures, extracted)), "names a metric twice");
  }

  private static List<String> metrics(List<Measured> measures, List<ExtractedMetric> extracted) {
    return Stream.concat(
            measures.stream().map(one -> one.quantity().metric() + one.argument()),
            extracted.stream().map(one -> one.metric().name()))
        .toList();
  }

  private static boolean areDistinct(List<String> texts) {
    return texts.stream().distinct().count() == texts.size();
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static void require(String name, boolean met, String problem) {
    if (!met) {
      throw new Failure.Misuse("The benchmark '" + name + "' " + problem + ".");
    }
  }

  private static boolean isInside(String relative) {
    try {
      Path path = Path.of(relative.replace('*', '_').replace('?', '_')).normalize();
      return !path.isAbsolute() && !path.startsWith("..");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isGlob(String glob) {
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + glob);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /**
   * A repetition that gives several values of one series numbers them from its own number times
   * this: the same repetition gives the same ordinals however often it is done.
   */
  int ordinalsPerRepetition() {
    return givesByItself() ? BenchmarkRunner.ORDINALS_PER_REPETITION : 1;
  }

  /** Whether the command writes or prints values. */
  boolean givesByItself() {
    return results != null || !extracted.isEmpty();
  }

  /** Whether two versions may run side by side: of instruments each has to be alone. */
  public boolean mayBeDuet() {
    return duet && !givesByItself() && measures.equals(List.of(Measured.TIME));
  }

  /** Whether a series is the time that the command takes. */
  public boolean isTime(Series series) {
    return measures.contains(Measured.TIME)
        && series.parameters().isEmpty()
        && series.benchmark().name().equals(name)
        && series.benchmark().metric().equals(metric.name());
  }

  /** That of the command itself which people look at first; absent where it gives its own. */
  public Optional<String> firstMetric() {
    if (givesByItself() || measures.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        measures.contains(Measured.TIME) ? metric.name() : measures.getFirst().quantity().metric());
  }

  /** The same, measured by fewer quantities. */
  BenchmarkDefinition measuring(Predicate<Measured> wanted) {
    return with(setup, warmups, repetitions, onFailure, measures.stream().filter(wanted).toList());
  }

  private BenchmarkDefinition with(
      List<String> otherSetup,
      @Nullable Integer otherWarmups,
      StoppingRule otherRepetitions,
      OnFailure otherwise,
      List<Measured> otherMeasures) {
    return new BenchmarkDefinition(
        name,
        command,
        otherSetup,
        environment,
        folder,
        timeout,
        otherWarmups,
        otherRepetitions,
        otherwise,
        results,
        otherMeasures,
        metric,
        extracted,
        redaction,
        duet);
  }

  /**
   * Starts a definition with its defaults: timed, warmed up and repeated as often as it takes, ten
   * minutes each.
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The same, ready to be repeated more often: no set-up and no warm-up are left to do. */
  public BenchmarkDefinition repeatedMore(int repetitionsInAll) {
    return with(List.of(), 0, StoppingRule.exactly(repetitionsInAll), onFailure, measures);
  }

  /** What people may read of it. */
  @Override
  public String toString() {
    return name
        + redaction.applyTo(
            String.join(
                " ",
                setup.toString(),
                command.toString(),
                environment.toString(),
                folder,
                String.valueOf(results),
                extracted.toString()))
        + (measures.equals(usual(givesByItself())) ? "" : redaction.applyTo(measures.toString()));
  }

  private static List<Measured> usual(boolean givesByItself) {
    return givesByItself ? List.of() : List.of(Measured.TIME);
  }

  /** How this system's shell is told to run a line. */
  public static List<String> shell(String line) {
    return File.separatorChar == '\\'
        ? List.of("cmd.exe", "/d", "/s", "/c", line)
        : List.of("/bin/sh", "-c", line);
  }

  /** Collects what a person wrote; everything not set has its default. */
  public static final class Builder {
    private final String name;
    private List<String> command = List.of();
    private List<String> setup = List.of();
    private final SortedMap<String, String> environment = new TreeMap<>();
    private String folder = "";
    private Duration timeout = Duration.ofMinutes(10);
    private @Nullable Integer warmups;
    private @Nullable StoppingRule repetitions;
    private OnFailure onFailure = OnFailure.FAIL;
    private @Nullable String results;
    private @Nullable List<Measured> measures;
    private MetricDefinition metric = MetricDefinition.TIME;
    private final List<ExtractedMetric> extracted = new ArrayList<>();
    private Redaction redaction = Redaction.NONE;
    private boolean duet = true;

    private Builder(String name) {
      this.name = name;
    }

    public Builder command(String shellLine) {
      return command(shellLine.isBlank() ? List.of() : shell(shellLine));
    }

    public Builder command(List<String> argv) {
      command = argv;
      return this;
    }

    public Builder setup(String shellLine) {
      setup = shell(shellLine);
      return this;
    }

    public Builder setup(List<String> argv) {
      setup = argv;
      return this;
    }

    public Builder environment(Map<String, String> variables) {
      environment.putAll(variables);
      return this;
    }

    public Builder folder(String relative) {
      folder = relative;
      return this;
    }

    public Builder duet(boolean duet) {
      this.duet = duet;
      return this;
    }

    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    public Builder warmups(int warmups) {
      this.warmups = warmups;
      return this;
    }

    public Builder repetitions(int repetitions) {
      return repetitions(StoppingRule.exactly(repetitions));
    }

    public Builder repetitions(StoppingRule repetitions) {
      this.repetitions = repetitions;
      return this;
    }

    public Builder onFailure(OnFailure onFailure) {
      this.onFailure = onFailure;
      return this;
    }

    public Builder results(String glob) {
      results = glob;
      return this;
    }

    public Builder measures(List<Measured> wanted) {
      measures = wanted;
      return this;
    }

    public Builder metric(MetricDefinition metric) {
      this.metric = metric;
      return this;
    }

    public Builder extract(ExtractedMetric metric) {
      extracted.add(metric);
      return this;
    }

    public Builder redaction(Redaction hidden) {
      redaction = hidden;
      return this;
    }

    private StoppingRule usualRepetitions(boolean givesByItself, List<Measured> measured) {
      if (results != null) {
        return StoppingRule.exactly(1);
      }
      boolean isNoisy = givesByItself || measured.stream().anyMatch(Measured::isNoisy);
      return isNoisy ? StoppingRule.DEFAULT : StoppingRule.exactly(Measuring.REPETITIONS);
    }

    /**
     * The definition. A tool that writes results repeats and warms up by itself, so it is run once
     * unless told otherwise.
     *
     * @throws Failure.Misuse naming what is wrong
     */
    public BenchmarkDefinition build() {
      boolean repeatsItself = results != null;
      boolean givesByItself = repeatsItself || !extracted.isEmpty();
      List<Measured> measured = measures == null ? usual(givesByItself) : measures;
      return new BenchmarkDefinition(
          name,
          command,
          setup,
          environment,
          folder,
          timeout,
          warmups == null && repeatsItself ? Integer.valueOf(0) : warmups,
          repetitions != null ? repetitions : usualRepetitions(givesByItself, measured),
          onFailure,
          results,
          measured,
          metric,
          extracted,
          redaction,
          duet);
    }
  }
}
