package dev.nightjar.gate.verdict;

import java.util.List;

/**
 * What the result files that were judged gave.
 *
 * @param values how many were taken
 * @param leftOutCount how many things were left out, also those that are not listed
 * @param leftOut where and why, in clauses
 */
public record FilesAccount(int values, int leftOutCount, List<String> leftOut) {
  /** Of what is no result file. */
  public static final FilesAccount NONE = new FilesAccount(0, 0, List.of());

  public FilesAccount {
    leftOut = List.copyOf(leftOut);
  }
}
