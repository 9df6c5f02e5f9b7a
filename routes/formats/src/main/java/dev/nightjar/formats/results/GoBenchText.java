package dev.nightjar.formats.results;

import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.LineFormat;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.NumberText;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import dev.nightjar.model.unit.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code go test -bench} prints: a line for each count of each benchmark, all of which are
 * kept. The number after the name's last hyphen is GOMAXPROCS. Lines {@code key: value} configure
 * the results behind them, {@code Unit} lines tell of units, as golang.org/design/14313 has it.
 *
 * <p>The name is printed before the benchmark runs, so what it prints itself stands between the
 * name and its numbers.
 */
final class GoBenchText implements LineFormat {
  private static final Pattern NAME = Pattern.compile("(Benchmark[^\\s]*?)(?:-([0-9]{1,5}))?");
  private static final Pattern CONFIGURATION =
      Pattern.compile("([a-z][^\\sA-Z:]*):(?:[ \\t]+(.*))?");

  /** The count and at least one value with its unit, to the line's end. */
  private static final Pattern NUMBERS =
      Pattern.compile("(?:^|.*?\\s)([0-9]+)((?:\\s+[-+0-9.eEInfaN]+\\s+\\S+)+)\\s*");

  private static final Pattern PACKAGE_FAILED =
      Pattern.compile("FAIL\\s+(\\S+)(?:\\s+(\\[[^]]*]|\\(cached\\)|[0-9.]+s))?.*");
  private static final Pattern PACKAGE_ENDED = Pattern.compile("(?:ok|\\?)\\s+(\\S+)\\s+.*");
  private static final Pattern CRASH =
      Pattern.compile("(panic: |fatal error: |\\*\\*\\* Test killed|SIG[A-Z]+: ).*");
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");

  /** A result that does not begin its line. */
  private static final Pattern HIDDEN =
      Pattern.compile(".*?\\s(Benchmark\\S*)\\s+[0-9]+\\s+[0-9.]+ ns/op\\b.*");

  private static final int MOST_WORDS = 200;

  private final ResultSink sink;
  private final Map<String, String> configuration = new TreeMap<>();
  private final Map<String, Direction> directions = new HashMap<>();
  private final List<Waiting> values = new ArrayList<>();
  private final List<Failed> failures = new ArrayList<>();
  private final Set<String> measuredNames = new HashSet<>();
  private final Set<String> measuredProcs = new HashSet<>();
  private final Set<String> skipped = new HashSet<>();
  private String packageName = "";
  private @Nullable Pending pending;
  private @Nullable String crash;
  private long crashLine;
  private boolean hasFailed;
  private boolean hasFailedHere;
  private boolean isFailureTold;
  private boolean nothingRan;

  /** A value whose direction a later line may tell. */
  private record Waiting(Measured measured, String unit, double value, long line) {}

  /** A name without its numbers yet. */
  private record Pending(String word, long line) {}

  /**
   * A benchmark that failed.
   *
   * @param hasProcs whether its name is known to end in GOMAXPROCS; else what was measured tells
   */
  private record Failed(
      String word,
      boolean hasProcs,
      String reason,
      String prefix,
      Map<String, String> configuration,
      long line) {}

  GoBenchText(ResultSink sink) {
    this.sink = sink;
  }

  static boolean recognises(String line) {
    return line.startsWith("goos: ")
        || line.startsWith("goarch: ")
        || line.startsWith("pkg: ")
        || line.startsWith("--- FAIL: Benchmark")
        || line.startsWith("--- SKIP: Benchmark")
        || line.startsWith("*** Test killed")
        || line.equals("testing: warning: no tests to run")
        || line.matches("FAIL\\s+\\S+\\s+(\\[(build|setup) failed\\]|[0-9.]+s)\\s*")
        || line.matches("ok\\s+\\S+\\s+[0-9.]+s.*|\\?\\s+\\S+\\s+\\[no test files\\]")
        || (line.startsWith("Benchmark") && isResult(line));
  }

  private static boolean isResult(String line) {
    String[] words = line.strip().split("\\s+", 4);
    return (words.length == 4 && words[1].matches("[0-9]+") && isValue(words[2]))
        || (words.length == 1 && words[0].matches("Benchmark\\S*-[0-9]+"));
  }

  private static boolean isValue(String word) {
    return NumberText.isNumber(word) || word.matches("[-+]?(Inf|NaN)");
  }

  /** The package of what follows, where something else than a line tells it. */
  void startPackage(String name) {
    if (!packageName.equals(name)) {
      packageName = name;
      hasFailedHere = false;
    }
  }

  @Override
  public boolean mayEndWith(String line) {
    return !line.startsWith("Benchmark") && pending == null;
  }

  @Override
  public void line(String printed) {
    String line = printed.indexOf('\u001b') < 0 ? printed : COLOUR.matcher(printed).replaceAll("");
    if (line.startsWith("Benchmark")) {
      benchmark(line);
    } else if (line.startsWith("--- ")) {
      outcome(line.substring("--- ".length()));
    } else if (CRASH.matcher(line).matches()) {
      crashed(line);
    } else if (line.startsWith("FAIL")) {
      packageFailed(line);
    } else if (line.startsWith("Unit ")) {
      unit(line);
    } else if (PACKAGE_ENDED.matcher(line).matches() && !line.startsWith("?")) {
      packageEnded(line);
    } else if (line.startsWith("testing: warning: no tests to run")) {
      nothingRan = true;
    } else if (!isHidden(line) && (pending == null || !numbers(line))) {
      configure(line);
    }
  }

  /** Whether another tool, or a benchmark's own output, stands before a result. */
  private boolean isHidden(String line) {
    if (!line.contains("ns/op")) {
      return false;
    }
    Matcher matcher = HIDDEN.matcher(line);
    boolean isHidden = matcher.matches();
    if (isHidden) {
      sink.leftOut(prefix() + bare(matcher.group(1)), "its result does not begin a line");
    }
    return isHidden;
  }

  private void configure(String line) {
    Matcher matcher = CONFIGURATION.matcher(line);
    if (!matcher.matches()) {
      return;
    }
    String value = matcher.group(2) == null ? "" : matcher.group(2).strip();
    if (matcher.group(1).equals("pkg")) {
      startPackage(value);
    } else if (value.isEmpty()) {
      configuration.remove(matcher.group(1));
    } else {
      configuration.put(matcher.group(1), value);
    }
  }

  private void benchmark(String line) {
    List<String> words = List.of(line.strip().split("\\s+", MOST_WORDS));
    String first = words.getFirst();
    forget(first);
    if (words.size() >= 2 && words.get(1).matches("[0-9]+")) {
      result(first, words.subList(2, words.size()));
      return;
    }
    pending = new Pending(first, sink.line());
    if (words.size() > 1) {
      String rest = line.strip().substring(first.length()).strip();
      Matcher crashed = CRASH.matcher(rest);
      if (rest.startsWith("--- ")) {
        outcome(rest.substring("--- ".length()));
      } else if (crashed.matches()) {
        crashed(rest);
      } else {
        numbers(rest);
      }
    }
  }

  /** The numbers of the name that waits for them, behind whatever the benchmark printed. */
  private boolean numbers(String line) {
    Pending name = pending;
    Matcher matcher = NUMBERS.matcher(line);
    if (name == null || !matcher.matches()) {
      return false;
    }
    List<String> words = List.of(matcher.group(2).strip().split("\\s+", MOST_WORDS));
    boolean isWhole = words.size() % 2 == 0 && isValue(words.getFirst());
    if (!isWhole
        || (!matcher.group().strip().startsWith(matcher.group(1)) && !words.contains("ns/op"))) {
      return false;
    }
    pending = null;
    result(name.word(), words);
    return true;
  }

  /** A name that is followed by another one: a parent, or one without a result. */
  private void forget(String next) {
    Pending before = pending;
    pending = null;
    if (before == null) {
      return;
    }
    String name = bare(before.word());
    boolean isParent = bare(next).equals(name) || next.startsWith(name + "/");
    if (!isParent && !skipped.contains(name)) {
      long line = sink.line();
      sink.at(before.line());
      sink.leftOut(prefix() + name, "its name is not followed by a result");
      sink.at(line);
    }
  }

  private static String bare(String word) {
    Matcher matcher = NAME.matcher(word);
    return matcher.matches() ? matcher.group(1) : word;
  }

  private void result(String word, List<String> words) {
    Measured measured;
    try {
      measured = measured(word);
    } catch (BadRecord e) {
      e.tell(sink);
      return;
    }
    if (words.size() < 2) {
      measured.leftOut("it is not followed by its count and values");
      return;
    }
    for (int i = 0; i + 1 < words.size(); i += 2) {
      String text = words.get(i);
      String unit = words.get(i + 1);
      try {
        if (text.matches("[-+]?(Inf|NaN)")) {
          throw new BadRecord("its value " + text + " in " + unit + " is no finite number");
        }
        values.add(new Waiting(measured, unit, NumberText.parsed(text), sink.line()));
      } catch (BadRecord e) {
        measured.leftOut(e.reason());
      }
    }
    if (words.size() % 2 != 0) {
      measured.leftOut("'" + words.getLast() + "' has no unit");
    }
  }

  private Measured measured(String word) throws BadRecord {
    Matcher matcher = NAME.matcher(word);
    boolean matches = matcher.matches();
    Measured measured = new Measured(sink, prefix() + (matches ? matcher.group(1) : word));
    measuredNames.add(measured.name());
    if (matches && matcher.group(2) != null) {
      measured.with("gomaxprocs", matcher.group(2));
      measuredProcs.add(matcher.group(2));
    }
    configuration.forEach(measured::under);
    return measured;
  }

  private String prefix() {
    return packageName.isEmpty() ? "" : packageName + ".";
  }

  private void outcome(String text) {
    String[] words = text.split("\\s+", 3);
    boolean isBenchmark = words.length > 1 && words[1].startsWith("Benchmark");
    if (text.startsWith("FAIL: ")) {
      if (isBenchmark) {
        failed(words[1], "go test says that it failed");
      } else {
        hasFailed = true; // a test; its package's line tells
      }
    } else if (text.startsWith("SKIP: ") && isBenchmark) {
      skipped.add(bare(words[1]));
      sink.leftOut(prefix() + bare(words[1]), "it was skipped");
    }
    Pending waits = pending;
    if (isBenchmark && waits != null && bare(waits.word()).equals(bare(words[1]))) {
      pending = null;
    }
  }

  private void failed(String word, String reason) {
    Pending waits = pending;
    boolean hasProcs =
        waits != null
            && NAME.matcher(word).replaceFirst("$2").matches("[0-9]+")
            && (waits.word().equals(word) || waits.word().equals(bare(word)));
    failures.add(
        new Failed(word, hasProcs, reason, prefix(), Map.copyOf(configuration), sink.line()));
    hasFailed = true;
    hasFailedHere = true;
  }

  private void takeFailures() {
    for (Failed failed : failures) {
      sink.at(failed.line());
      try {
        take(failed);
      } catch (BadRecord e) {
        e.tell(sink);
      }
    }
  }

  /**
   * A benchmark that fails at its first count is told without GOMAXPROCS, so that the number behind
   * its last hyphen may be a part of its name; then it has failed with all of them.
   */
  private void take(Failed failed) throws BadRecord {
    String bare = failed.prefix() + bare(failed.word());
    Matcher matcher = NAME.matcher(failed.word());
    @Nullable String number = matcher.matches() ? matcher.group(2) : null;
    boolean isOfName =
        number != null
            && !failed.hasProcs()
            && !measuredNames.contains(bare)
            && !measuredProcs.isEmpty()
            && !measuredProcs.contains(number);
    Measured measured = new Measured(sink, isOfName ? failed.prefix() + failed.word() : bare);
    if (number != null && measuredNames.contains(bare)) {
      measured.with("gomaxprocs", number);
    }
    failed.configuration().forEach(measured::under);
    measured.failed(failed.reason());
  }

  private void crashed(String line) {
    Pending waits = pending;
    if (waits != null) {
      failed(waits.word(), line);
      pending = null;
    } else if (crash == null) {
      crash = line;
      crashLine = sink.line();
    }
  }

  private void packageFailed(String line) {
    Matcher matcher = PACKAGE_FAILED.matcher(line);
    hasFailed |= hasFailedHere;
    if (!matcher.matches()) {
      isFailureTold |= line.strip().equals("FAIL");
      return;
    }
    isFailureTold = false;
    String name = matcher.group(1);
    boolean isKnown = hasFailedHere && (packageName.isEmpty() || packageName.equals(name));
    String told = matcher.group(2);
    if (!isKnown) {
      String reason =
          crash != null
              ? crash
              : told != null && told.startsWith("[")
                  ? told.replaceAll("[\\[\\]]", "")
                  : "go test says that it failed";
      fail(name, reason, crash != null ? crashLine : sink.line());
    }
    crash = null;
    hasFailedHere = false;
    packageName = "";
  }

  private void fail(String name, String reason, long line) {
    long here = sink.line();
    sink.at(line);
    try {
      new Measured(sink, name).failed(reason);
      hasFailed = true;
    } catch (BadRecord e) {
      e.tell(sink);
    }
    sink.at(here);
  }

  private void packageEnded(String line) {
    Matcher matcher = PACKAGE_ENDED.matcher(line);
    if (matcher.matches() && (nothingRan || line.contains("[no tests to run]"))) {
      sink.leftOut(matcher.group(1), "it has no tests to run");
      nothingRan = false;
    }
    hasFailedHere = false;
    packageName = "";
  }

  /** {@code Unit hits better=higher}. */
  private void unit(String line) {
    String[] words = line.split("\\s+", MOST_WORDS);
    for (int i = 2; i < words.length; i++) {
      if (words[i].equals("better=higher")) {
        directions.put(words[1], Direction.HIGHER_IS_BETTER);
      } else if (words[i].equals("better=lower")) {
        directions.put(words[1], Direction.LOWER_IS_BETTER);
      }
    }
  }

  @Override
  public void end() {
    forget("");
    if (crash != null) {
      fail(packageName.isEmpty() ? "go test" : packageName, crash, crashLine);
    } else if (isFailureTold && !hasFailed) {
      fail(
          packageName.isEmpty() ? "go test" : packageName,
          "go test says that it failed",
          sink.line());
    }
    if (nothingRan) {
      sink.leftOut(null, "it has no tests to run");
    }
    for (Waiting value : values) {
      sink.at(value.line());
      take(value);
    }
    takeFailures();
  }

  private void take(Waiting value) {
    Direction said = directions.get(value.unit());
    Measured measured = value.measured();
    switch (value.unit()) {
      case "ns/op" -> measured.add("time", "ns", said, value.value());
      case "B/op" -> measured.add("allocated", "By", said, value.value());
      case "allocs/op" -> measured.add("allocations", "{allocation}", said, value.value());
      case "MB/s" -> measured.add("throughput", "MBy/s", said, value.value());
      default -> {
        Unit unit = Unit.of(value.unit());
        boolean isKnown = !unit.symbol().equals(value.unit());
        boolean isRate = value.unit().endsWith("/s") || value.unit().endsWith("/sec");
        Direction better =
            said != null || unit.better() != null || !isRate ? said : Direction.HIGHER_IS_BETTER;
        measured.add(
            isKnown && !unit.isCanonical() ? unit.symbol() : value.unit(),
            isKnown || unit.better() != null ? value.unit() : "1",
            better,
            value.value());
      }
    }
  }
}
