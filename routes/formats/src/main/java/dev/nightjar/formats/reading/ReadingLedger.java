package dev.nightjar.formats.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * The account of a reading: how many values it gave, and everything that it left out.
 *
 * @param values how many values were taken
 * @param leftOutCount how many things were left out, also those beyond the list's bound
 * @param leftOut the first of them, in the order of the files
 * @param remarks what else a person should know of the files though nothing was lost by it, in
 *     clauses without a full stop
 */
public record ReadingLedger(
    int values, int leftOutCount, List<LeftOut> leftOut, List<String> remarks) {
  /** Nothing was read. */
  public static final ReadingLedger EMPTY = new ReadingLedger(0, 0, List.of(), List.of());

  /** How many of what was left out the summary names. */
  private static final int NAMED = 3;

  public ReadingLedger {
    leftOut = List.copyOf(leftOut);
    remarks = List.copyOf(remarks);
  }

  /** Whether a value, a record or a file was left out. */
  public boolean isComplete() {
    return leftOutCount == 0;
  }

  /** This account and another, as one. */
  public ReadingLedger plus(ReadingLedger other) {
    List<LeftOut> all = new ArrayList<>(leftOut);
    all.addAll(other.leftOut);
    List<String> said = new ArrayList<>(remarks);
    said.addAll(other.remarks);
    return new ReadingLedger(values + other.values, leftOutCount + other.leftOutCount, all, said);
  }

  /**
   * All of it in sentences: the summary if anything was left out, then what the summary does not
   * name, then the remarks.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!isComplete()) {
      notes.add(summary() + ".");
    }
    for (int i = NAMED; i < leftOut.size(); i++) {
      notes.add("Left out: " + leftOut.get(i).clause() + ".");
    }
    remarks.forEach(remark -> notes.add(remark + "."));
    return notes;
  }

  /** As {@code 412 values, 3 left out: a.json:7: 'B': it was skipped; …}, without a full stop. */
  public String summary() {
    String counted = values == 1 ? "1 value" : values + " values";
    if (isComplete()) {
      return counted;
    }
    StringBuilder text = new StringBuilder(counted + ", " + leftOutCount + " left out: ");
    for (int i = 0; i < Math.min(NAMED, leftOut.size()); i++) {
      text.append(i == 0 ? "" : "; ").append(leftOut.get(i).clause());
    }
    return leftOutCount > NAMED ? text + "; …" : text.toString();
  }
}
