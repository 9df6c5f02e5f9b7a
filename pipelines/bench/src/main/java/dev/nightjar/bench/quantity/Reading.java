package dev.nightjar.bench.quantity;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value of a quantity.
 *
 * @param parameters those of its series: the instrument, where values of another one would be
 *     something else
 */
public record Reading(Quantity quantity, SortedMap<String, String> parameters, double value) {
  public Reading {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  static Reading of(Quantity quantity, Map<String, String> parameters, double value) {
    return new Reading(quantity, new TreeMap<>(parameters), value);
  }
}
