package dev.nightjar.doors.comment;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Lists that servers give page by page. */
final class Pages {
  static final int SIZE = 100;
  private static final int MOST = 50;

  private Pages() {}

  /** A request for one page. */
  @FunctionalInterface
  interface Source {
    JsonNode page(int number) throws InterruptedException;
  }

  /** The first element that is wanted. */
  static Optional<String> first(
      Source source, Predicate<JsonNode> isWanted, Function<JsonNode, String> name)
      throws InterruptedException {
    for (int number = 1; number <= MOST; number++) {
      JsonNode page = source.page(number);
      for (JsonNode one : page) {
        if (isWanted.test(one)) {
          return Optional.of(name.apply(one));
        }
      }
      if (page.size() < SIZE) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
