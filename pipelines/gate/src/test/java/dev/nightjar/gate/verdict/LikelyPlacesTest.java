package dev.nightjar.gate.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.git.ChangedLines;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelyPlacesTest {

  /** A difference in which each file has so many changed lines in one place. */
  private static ChangedLines changed(String files) {
    return ChangedLines.of(
        Arrays.stream(files.strip().split(" "))
            .map(file -> {
              String[] parts = file.split("=");
              int lines = Integer.parseInt(parts[1]);
              return "--- x\n+++ %s\n@@ -0,0 +7,%d @@\n%s"
                  .formatted(parts[0], lines, "+a\n".repeat(lines));
            })
            .collect(Collectors.joining()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "most changed lines | work | src/a.c=1 src/b.c=3 | src/b.c",
        "words of the name | parser/deep | src/lexer.c=90 src/parser.c=1 | src/parser.c",
        "source before build files | work | Makefile=90 src/a.c=1 | src/a.c",
        "source before tests | parser | tests/parser.c=90 src/a.c=1 | src/a.c",
        "source before texts | parser | docs/parser.md=90 README.md=50 src/a.rs=1 | src/a.rs",
        "build files before texts | work | NEWS.md=90 CMakeLists.txt=1 | CMakeLists.txt",
        "whatever there is | work | NEWS.md=2 | NEWS.md",
        "hidden folders last | work | .github/x.sh=9 lib/a.go=1 | lib/a.go",
        "gone files have no place | work | /dev/null=9 lib/a.go=1 | lib/a.go",
        "the first by name of equals | work | src/b.c=1 src/a.c=1 | src/a.c",
      })
  void theLikeliestComesFirst(String reason, String benchmark, String files, String first) {
    assertEquals(first, LikelyPlaces.of(changed(files), benchmark).getFirst().file(), reason);
  }

  @Test
  void aPlaceIsTheLongestRunOfChangedLines() {
    ChangedLines lines =
        ChangedLines.of(
            "+++ a.c\n@@ -3 +3 @@\n-x\n+y\n@@ -9,0 +10,2 @@\n+y\n+y\n@@ -30,9 +31,0 @@\n"
                + "-x\n".repeat(9));
    assertEquals(List.of(new FilePlace("a.c", 10, 11)), LikelyPlaces.of(lines, "work"));
  }

  @Test
  void ofNoChangeThereIsNoPlace() {
    assertEquals(List.of(), LikelyPlaces.of(ChangedLines.of(""), "work"));
  }
}
