package dev.nightjar.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what a person probably meant. */
public final class Nearest {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /**
   * The word with the smallest edit distance to the given one, if it is close enough to be a slip:
   * at most half of the word's letters.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String candidate) -> DISTANCE.apply(word, candidate)))
        .filter(best -> DISTANCE.apply(word, best) <= Math.max(2, word.length() / 2));
  }
}
