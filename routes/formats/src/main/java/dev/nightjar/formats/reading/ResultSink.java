package dev.nightjar.formats.reading;

import dev.nightjar.model.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the readers find in the files of one run, within bounds, and makes the results of it:
 * the one place where values, failures and what was left out come together.
 */
public final class ResultSink {
  private static final int MOST_VALUES = 1_000_000;
  private static final int MOST_LEFT_OUT = 1_000;
  private static final int MOST_LEFT_OUT_OF_A_FILE = 100;
  private static final int MOST_REMARKS = 100;
  private static final int MOST_FAILURES = 10_000;
  private static final int LONGEST_REASON = 500;

  private record Found(
      Identity identity, String metric, String unit, @Nullable Direction direction, double value) {}

  private record FoundFailure(Identity identity, String place, String reason) {}

  private final List<Found> found = new ArrayList<>();
  private final List<FoundFailure> failures = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();

  /** What of a file could not be read, by its number. */
  private final SortedMap<Integer, String> damage = new TreeMap<>();

  private String file = "";
  private long line;
  private int fileNumber;
  private int leftOutCount;
  private int leftOutOfFile;
  private int leftOutBefore;
  private int foundOfFile;
  private int failedBefore;
  private int recordsOfFile;
  private int refusedOfFile;
  private boolean isElsewhere;

  /** What comes from now on is of this file. */
  public void begin(String name) {
    end();
    file = StableText.visible(name);
    line = 0;
    fileNumber++;
    leftOutOfFile = 0;
    leftOutBefore = leftOutCount;
    failedBefore = failures.size();
    foundOfFile = 0;
    recordsOfFile = 0;
    refusedOfFile = 0;
    isElsewhere = false;
  }

  /** Where as many records were refused as were read, the file is none that its format tells. */
  private void end() {
    if (refusedOfFile > 0 && refusedOfFile >= recordsOfFile) {
      line = 0;
      damaged(
          "%d of its %d records could not be read"
              .formatted(refusedOfFile, refusedOfFile + recordsOfFile));
    }
    refusedOfFile = 0;
  }

  private void damaged(String what) {
    damage.putIfAbsent(fileNumber, place() + ": " + visible(what));
  }

  /** What comes from now on stands in this line; 0 for the whole file. */
  public void at(long lineNumber) {
    line = lineNumber;
  }

  public long line() {
    return line;
  }

  /** The number of the file of a record from which a value comes. */
  int fileOfRecord() {
    recordsOfFile++;
    return fileNumber;
  }

  /** The file is a part of another one, with which it is read. */
  public void readElsewhere() {
    isElsewhere = true;
  }

  /** Whether the file gave anything, be it that something was left out. */
  public boolean isFileSilent() {
    return !isElsewhere
        && foundOfFile == 0
        && leftOutCount == leftOutBefore
        && failures.size() == failedBefore;
  }

  /** The same text as one object, as a file holds few of them many times. */
  String shared(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  /**
   * A value.
   *
   * @param direction absent where nobody says it
   */
  void value(
      Identity identity, String metric, String unit, @Nullable Direction direction, double value) {
    if (foundOfFile < MOST_VALUES) {
      found.add(new Found(identity, metric, unit, direction, value));
    } else if (foundOfFile == MOST_VALUES) {
      lost(null, "the file holds more than " + MOST_VALUES + " values; the rest was not read");
    }
    foundOfFile++;
  }

  /** Something gave no value. */
  public void leftOut(@Nullable String benchmark, String reason) {
    leftOutCount++;
    if (leftOutOfFile++ < MOST_LEFT_OUT_OF_A_FILE && leftOut.size() < MOST_LEFT_OUT) {
      String name = benchmark == null ? null : StableText.visible(benchmark);
      leftOut.add(new LeftOut(file, line, name, visible(reason).replaceFirst("\\.+$", "")));
    }
  }

  /** A record could not be read. */
  void refused(@Nullable String benchmark, String reason) {
    refusedOfFile++;
    leftOut(benchmark, reason);
  }

  /**
   * A file, or the rest of it, could not be read, and nobody knows what it held.
   *
   * @param benchmark within whose record it ends, as far as is known
   */
  public void lost(@Nullable String benchmark, String reason) {
    leftOut(benchmark, reason);
    damaged(benchmark == null ? reason : "'" + benchmark + "': " + reason);
  }

  /** A benchmark failed, as its tool says. */
  void failed(Identity identity, String reason) {
    if (failures.size() < MOST_FAILURES) {
      failures.add(new FoundFailure(identity, place(), visible(reason)));
    }
  }

  /** Something is worth knowing by which nothing was lost. */
  public void remark(String remark) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(place() + ": " + visible(remark));
    }
  }

  private String place() {
    return line > 0 ? file + ":" + line : file;
  }

  private static String visible(String reason) {
    String text = reason.replaceAll("\\p{Cntrl}", "?").strip();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }

  public ReadResults results() {
    end();
    SeriesNames names = new SeriesNames(identities());
    List<ResultValue> values = values(names);
    return new ReadResults(
        values,
        failures(names),
        damagedFiles(values),
        new ReadingLedger(values.size(), leftOutCount, leftOut, remarks));
  }

  private List<DamagedFile> damagedFiles(List<ResultValue> values) {
    List<DamagedFile> files = new ArrayList<>();
    damage.forEach((number, clause) -> {
      List<ResultValue> kept = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        if (found.get(i).identity().file() == number) {
          kept.add(values.get(i));
        }
      }
      files.add(new DamagedFile(clause, kept));
    });
    return files;
  }

  /** Each once; the values of one mostly follow one another. */
  private Collection<Identity> identities() {
    Set<Identity> identities = new LinkedHashSet<>();
    Identity before = null;
    for (Found one : found) {
      if (one.identity() != before) {
        identities.add(one.identity());
      }
      before = one.identity();
    }
    failures.forEach(one -> identities.add(one.identity()));
    return identities;
  }

  private List<ResultValue> values(SeriesNames names) {
    Set<List<Object>> mixed = ofSeveralQuantities(names);
    List<ResultValue> values = new ArrayList<>(found.size());
    Map<SortedMap<String, String>, SortedMap<String, String>> shared = new HashMap<>();
    for (Found one : found) {
      SortedMap<String, String> parameters = names.of(one.identity());
      if (!mixed.isEmpty() && mixed.contains(metric(one, names))) {
        parameters = SeriesNames.with(parameters, "unit", one.unit());
      }
      parameters =
          shared.computeIfAbsent(
              parameters, all -> Collections.unmodifiableSortedMap(new TreeMap<>(all)));
      values.add(
          new ResultValue(
              one.identity().name(),
              one.metric(),
              one.unit(),
              one.direction() == null ? Direction.LOWER_IS_BETTER : one.direction(),
              one.direction() == null,
              parameters,
              one.identity().device(),
              one.value()));
    }
    return values;
  }

  /**
   * One metric of one benchmark in units that cannot be converted: these are series of their own.
   */
  private Set<List<Object>> ofSeveralQuantities(SeriesNames names) {
    if (isOneUnitForEachMetric()) {
      return Set.of(); // as nearly always, and told without a look at any name
    }
    Map<List<Object>, String> units = new HashMap<>();
    Set<List<Object>> several = new HashSet<>();
    Found before = null;
    for (Found one : found) {
      boolean isAsBefore =
          before != null
              && before.identity() == one.identity()
              && before.metric().equals(one.metric())
              && before.unit().equals(one.unit());
      if (!isAsBefore) {
        List<Object> metric = metric(one, names);
        String known = units.putIfAbsent(metric, one.unit());
        if (known != null && !known.equals(one.unit())) {
          several.add(metric);
        }
      }
      before = one;
    }
    return several;
  }

  private boolean isOneUnitForEachMetric() {
    Map<String, String> units = new HashMap<>();
    for (Found one : found) {
      String known = units.putIfAbsent(one.metric(), one.unit());
      if (known != null && !known.equals(one.unit())) {
        return false;
      }
    }
    return true;
  }

  private static List<Object> metric(Found one, SeriesNames names) {
    return List.of(
        one.identity().name(), one.metric(), names.of(one.identity()), one.identity().device());
  }

  private List<FailedBenchmark> failures(SeriesNames names) {
    Map<List<Object>, FailedBenchmark> once = new LinkedHashMap<>();
    for (FoundFailure one : failures) {
      SortedMap<String, String> parameters = names.of(one.identity());
      once.putIfAbsent(
          List.of(one.identity().name(), parameters),
          new FailedBenchmark(one.identity().name(), parameters, one.place(), one.reason()));
    }
    return List.copyOf(once.values());
  }
}
