package dev.nightjar.jobs.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.git.ChangedLines;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FlameFrame;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.NamedFunction;
import dev.nightjar.model.profile.ProfiledBy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunctionNamingTest {
  private static final CostChange TOTAL = new CostChange(1000, 1100);

  private static FunctionDifference function(
      String name, @Nullable String file, int line, CostChange self, CostChange inclusive) {
    return new FunctionDifference(
        new CodeFunction(name, "bin/program", file),
        file == null ? null : line,
        file == null ? null : line + 9,
        self,
        inclusive,
        self.difference() / TOTAL.difference(),
        null);
  }

  private static DifferentialProfile profile(CostChange total, FunctionDifference... functions) {
    return new DifferentialProfile(
        "x",
        ProfiledBy.CALLGRIND,
        total,
        Optional.empty(),
        List.of(functions),
        new FlameFrame("all", total, List.of()),
        List.of());
  }

  private static FunctionNaming naming(DifferentialProfile profile, String difference) {
    return new FunctionNaming(profile, ChangedLines.of(difference), VerdictKind.REGRESSED);
  }

  private static final FunctionDifference PARSE =
      function("parse", "src/parse.c", 40, new CostChange(100, 192), new CostChange(300, 392));
  private static final FunctionDifference COPY =
      function("memcpy", null, 0, new CostChange(200, 290), new CostChange(200, 290));
  private static final FunctionDifference CALLER =
      function("frame", "src/frame.c", 10, new CostChange(50, 55), new CostChange(400, 495));
  private static final FunctionDifference MAIN =
      function("main", "src/main.c", 1, new CostChange(1, 1), new CostChange(1000, 1100));

  private static String touched(String file, int line) {
    return "--- %s\n+++ %s\n@@ -%d +%d @@\n-a\n+b\n".formatted(file, file, line, line);
  }

  @Test
  void theFunctionInWhichMostOfTheDifferenceIsIsNamedWithItsPlace() {
    NamedFunction named =
        naming(profile(TOTAL, PARSE, MAIN), touched("src/parse.c", 44)).named(0.1).orElseThrow();

    assertEquals("src/parse.c", named.file());
    assertEquals(44, named.line());
    assertEquals(
        "parse (src/parse.c:44): +9.2 % of instructions explains 92 % of the slowdown",
        named.sentence());
  }

  @Test
  void aPlaceThatTheCommitsDidNotChangeIsNoPlaceOfTheFinding() {
    NamedFunction named =
        naming(profile(TOTAL, PARSE, MAIN), touched("src/parse.c", 80)).named(0.1).orElseThrow();

    assertNull(named.file());
    assertNull(named.line());
    assertTrue(named.sentence().startsWith("parse (src/parse.c:40): "), named.sentence());
  }

  @Test
  void whoCallsAnUnchangedFunctionMoreOftenDidIt() {
    NamedFunction named =
        naming(
                profile(TOTAL, COPY, CALLER, MAIN),
                touched("src/frame.c", 12) + touched("src/main.c", 3))
            .named(0.1)
            .orElseThrow();

    assertEquals("frame", named.function().function().name());
    assertEquals(
        "frame (src/frame.c:12): +9.5 % of instructions with what it calls explains 95 % of the"
            + " slowdown",
        named.sentence());
  }

  @Test
  void anUnchangedFunctionIsNamedWhereNobodyElseAccountsForIt() {
    NamedFunction named =
        naming(profile(TOTAL, COPY, CALLER), touched("src/other.c", 12)).named(0.1).orElseThrow();

    assertEquals(
        "memcpy in bin/program: +9.0 % of instructions explains 90 % of the slowdown",
        named.sentence());
  }

  @Test
  void javaSourcesAreFoundBelowTheirFolders() {
    FunctionDifference lexer =
        function("a.Lexer.next", "a/Lexer.java", 40, new CostChange(1, 90), new CostChange(1, 90));

    NamedFunction named =
        naming(profile(TOTAL, lexer), touched("src/main/java/a/Lexer.java", 41))
            .named(0.1)
            .orElseThrow();

    assertEquals("src/main/java/a/Lexer.java", named.file());
  }

  @Test
  void aProfileThatDoesNotShowItNamesNothingAndSaysSo() {
    for (CostChange total : List.of(new CostChange(1000, 1004), new CostChange(1000, 900))) {
      FunctionNaming naming = naming(profile(total, PARSE), touched("src/parse.c", 44));

      assertEquals(Optional.empty(), naming.named(0.1));
      assertTrue(naming.why(0.1).getFirst().startsWith("the profile does not show it: "));
    }
  }

  @Test
  void aDifferenceSpreadOverManyIsOfNone() {
    FunctionDifference[] all = new FunctionDifference[10];
    for (int i = 0; i < all.length; i++) {
      all[i] = function("f" + i, "f.c", 100 * i, new CostChange(0, 10), new CostChange(0, 10));
    }
    FunctionNaming naming = naming(profile(TOTAL, all), touched("src/f.c", 5));

    assertEquals(Optional.empty(), naming.named(0.1));
    assertEquals(
        List.of("no function explains it alone: the difference is spread over many"),
        naming.why(0.1));
  }
}
