package dev.nightjar.bench.results;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the readers find in the files of one run, within bounds. */
final class ResultCollector implements ResultSink {
  private static final int MOST_VALUES = 1_000_000;
  private static final int MOST_LEFT_OUT = 1_000;
  private static final int MOST_LEFT_OUT_OF_A_FILE = 100;
  private static final int MOST_REMARKS = 100;
  private static final int MOST_FAILURES = 10_000;
  private static final int LONGEST_REASON = 500;

  private final List<ResultValue> values = new ArrayList<>();
  private final List<FailedBenchmark> failures = new ArrayList<>();
  private final Set<String> failed = new HashSet<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private String file = "";
  private int leftOutCount;
  private int leftOutOfFile;
  private int valuesOfFile;

  /** What comes from now on is of this file. */
  void begin(String name) {
    file = name;
    leftOutOfFile = 0;
    valuesOfFile = 0;
  }

  @Override
  public void value(ResultValue value) {
    if (valuesOfFile < MOST_VALUES) {
      values.add(value);
    } else if (valuesOfFile == MOST_VALUES) {
      leftOut(0, null, "it holds more than " + MOST_VALUES + " values; the rest was left out");
    }
    valuesOfFile++;
  }

  @Override
  public void leftOut(long line, @Nullable String benchmark, String reason) {
    leftOutCount++;
    if (leftOutOfFile++ < MOST_LEFT_OUT_OF_A_FILE && leftOut.size() < MOST_LEFT_OUT) {
      String name = benchmark == null ? null : Measured.cleaned(benchmark);
      leftOut.add(new LeftOut(file, line, name, visible(reason)));
    }
  }

  @Override
  public void failed(long line, String benchmark, String reason) {
    String name = Measured.cleaned(benchmark);
    if (failed.size() < MOST_FAILURES && failed.add(name)) {
      String place = line > 0 ? file + ":" + line : file;
      failures.add(new FailedBenchmark(name, place, visible(reason)));
    }
  }

  @Override
  public void remark(long line, String remark) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add((line > 0 ? file + ":" + line : file) + ": " + visible(remark));
    }
  }

  private static String visible(String reason) {
    String text = reason.replaceAll("\\p{Cntrl}", "?").strip();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }

  ReadResults results() {
    return new ReadResults(
        values, failures, new ReadingLedger(values.size(), leftOutCount, leftOut, remarks));
  }
}
