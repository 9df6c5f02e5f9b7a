package dev.nightjar.settings.proposal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings for what a project was seen to have. */
public final class Proposal {
  private static final int MOST_BENCHMARKS = 20;
  private static final Pattern BETWEEN_NAMES = Pattern.compile("[^\\p{L}\\p{N}.]+");

  private final List<Entry> benchmarks = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final List<String> setups = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Proposal() {}

  /**
   * An entry of {@code benchmarks}.
   *
   * @param reason what it was seen by, for people
   * @param results empty where the command is timed
   */
  record Entry(String reason, String name, String command, Optional<String> results) {}

  /** What a project is proposed; nothing of it is run for that. */
  public static Proposal of(Path folder) {
    ProjectFiles files = ProjectFiles.of(folder);
    Proposal proposal = new Proposal();
    List<BenchmarkFinder> finders =
        List.of(
            new JmhFinder(),
            new GoogleBenchmarkFinder(),
            new PytestFinder(),
            new CriterionFinder(),
            new GoFinder(),
            new HyperfineFinder(),
            new NpmFinder(),
            new MakeFinder(),
            new KeptHistoryFinder());
    finders.forEach(finder -> finder.find(files, proposal));
    return proposal;
  }

  /** Proposes a benchmark; its name is made one that no other has. */
  void benchmark(String reason, String name, String command, Optional<String> results) {
    if (benchmarks.size() >= MOST_BENCHMARKS) {
      return;
    }
    String plain = BETWEEN_NAMES.matcher(name).replaceAll("-").replaceAll("^-|-$", "");
    String first = plain.isEmpty() ? "benchmark" : plain;
    String unique = first;
    for (int number = 2; !names.add(unique); number++) {
      unique = first + "-" + number;
    }
    benchmarks.add(new Entry(reason, unique, command, results));
  }

  /** Proposes a part of the build; the same is done once. */
  void setup(String command) {
    if (!setups.contains(command)) {
      setups.add(command);
    }
  }

  /** Says something that the file cannot. */
  void note(String sentence) {
    notes.add(sentence);
  }

  boolean isEmpty() {
    return benchmarks.isEmpty();
  }

  /** How many benchmarks it has. */
  public int size() {
    return benchmarks.size();
  }

  List<Entry> benchmarks() {
    return List.copyOf(benchmarks);
  }

  Optional<String> setup() {
    return setups.isEmpty() ? Optional.empty() : Optional.of(String.join(" && ", setups));
  }

  /** What was found and what is to be done by hand, in sentences. */
  public List<String> notes() {
    List<String> all = new ArrayList<>();
    benchmarks.forEach(one -> all.add("Found " + one.reason() + ": benchmark " + one.name() + "."));
    setup().ifPresent(command -> all.add("The build is taken to be '" + command + "'."));
    all.addAll(notes);
    return all;
  }
}
