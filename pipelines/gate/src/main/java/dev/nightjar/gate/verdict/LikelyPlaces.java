package dev.nightjar.gate.verdict;

import dev.nightjar.git.ChangedLines;
import dev.nightjar.git.ChangedLines.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which of the changed files most likely changed a benchmark: source before build files before
 * tests and texts; then those whose path has words of the benchmark's name; then those with most
 * changed lines. It is a guess that a reader can check, made of what the difference itself says.
 */
public final class LikelyPlaces {
  private static final Pattern SOURCE =
      Pattern.compile(
          "(?i).*\\.(c|cc|cpp|cxx|h|hh|hpp|hxx|inl|s|asm|cu|cuh|cl|ispc|rs|go|java|kt|kts|scala|groovy|clj|cs|fs|vb"
              + "|js|mjs|cjs|jsx|ts|tsx|vue|py|pyx|pxd|rb|php|pl|lua|jl|r|m|mm|swift|zig|d|nim|ml|mli|hs|erl|ex|exs"
              + "|dart|f|f90|f95|for|pas|sql|sh|proto|wat)");
  private static final Pattern BUILD =
      Pattern.compile(
          "(?i)(.*/)?(makefile.*|cmakelists\\.txt|.*\\.(cmake|mk|gradle|toml|bazel|bzl|csproj|cabal|gemspec|xml|lock|mod|sum)"
              + "|configure(\\.ac)?|meson\\.build|build|package(-lock)?\\.json|requirements.*\\.txt|setup\\.(py|cfg))");
  private static final Pattern ASIDE =
      Pattern.compile("(?i)(.*/)?(\\.[^/]+|tests?|testing|spec|docs?|examples?|contrib)/.*");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int SHORTEST_WORD = 3;

  private LikelyPlaces() {}

  /**
   * The places, the likeliest first: of each file the longest run of changed lines.
   *
   * @param benchmark its name
   */
  public static List<FilePlace> of(ChangedLines changed, String benchmark) {
    List<String> words =
        BETWEEN_WORDS
            .splitAsStream(benchmark.toLowerCase(Locale.ROOT))
            .filter(word -> word.length() >= SHORTEST_WORD)
            .toList();
    return changed.files().stream()
        .filter(LikelyPlaces::isThere)
        .sorted(
            Comparator.comparingInt(LikelyPlaces::kind)
                .thenComparingLong(file -> -shared(file, words))
                .thenComparingInt(file -> -lines(changed.spansOf(file)))
                .thenComparing(Comparator.naturalOrder()))
        .map(file -> place(file, changed.spansOf(file)))
        .toList();
  }

  /** Files that are gone, and those whose names git writes in its own way, have no place. */
  private static boolean isThere(String file) {
    return !file.isEmpty() && !file.equals("/dev/null") && !file.startsWith("\"");
  }

  private static int kind(String file) {
    if (ASIDE.matcher(file).matches()) {
      return 2;
    }
    return BUILD.matcher(file).matches() ? 1 : SOURCE.matcher(file).matches() ? 0 : 2;
  }

  private static long shared(String file, List<String> words) {
    String path = file.toLowerCase(Locale.ROOT);
    return words.stream().filter(path::contains).count();
  }

  private static int lines(List<Span> spans) {
    return spans.stream().mapToInt(LikelyPlaces::length).sum();
  }

  private static int length(Span span) {
    return span.last() - span.first() + 1;
  }

  private static FilePlace place(String file, List<Span> spans) {
    Stream<Span> all = spans.stream();
    Span longest =
        all.reduce((one, other) -> length(other) > length(one) ? other : one)
            .orElse(new Span(1, 1));
    return new FilePlace(file, longest.first(), longest.last());
  }
}
