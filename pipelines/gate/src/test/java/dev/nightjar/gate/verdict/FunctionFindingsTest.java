package dev.nightjar.gate.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.decision.SeriesFixtures;
import dev.nightjar.model.Verdict;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FunctionFindingsTest {
  private static final String HOSTILE =
      "f`|\n| x | <img src=x> @admin [l](http://e.vil) \u202e\u0007";

  private static Verdict verdict(String name) {
    return new Verdict(
        SeriesFixtures.series(name), VerdictKind.REGRESSED, 0.1, 0.09, 0.11, 0.99, "b", "e", "c");
  }

  private static FunctionFindings findings(
      String benchmark, String function, @Nullable String file, @Nullable Integer line) {
    FunctionDifference difference =
        new FunctionDifference(
            new CodeFunction(function, "bin/program", file),
            line,
            line,
            new CostChange(10, 20),
            new CostChange(30, 40),
            0.92,
            null);
    String sentence = function + ": +14.1 % of instructions explains 92 % of the slowdown";
    return new FunctionFindings(
        List.of(
            new DifferentialProfile(
                benchmark,
                ProfiledBy.CALLGRIND,
                new CostChange(100, 111),
                Optional.of(new NamedFunction(difference, file, line, sentence)),
                List.of(difference),
                new FlameFrame("all", CostChange.NONE, List.of()),
                List.of("a note"))));
  }

  private static GateDecision decide(List<Verdict> verdicts) {
    return GateDecision.of(verdicts, GatePolicy.DEFAULT);
  }

  private static JsonNode place(List<Verdict> verdicts, FunctionFindings functions) {
    return JsonMapper.shared()
        .readTree(
            VerdictWriters.sarif(verdicts, decide(verdicts), functions, FindingPlaces.NONE, "1"))
        .at("/runs/0/results/0");
  }

  @Test
  void sarifPointsToTheChangedLineAndSaysTheFunctionFirst() {
    JsonNode result =
        place(List.of(verdict("parser/deep")), findings("parser", "parse", "src/a b%.c", 12));

    assertEquals(
        "src/a%20b%25.c",
        result.at("/locations/0/physicalLocation/artifactLocation/uri").asString());
    assertEquals(12, result.at("/locations/0/physicalLocation/region/startLine").asInt());
    assertTrue(
        result
            .at("/message/text")
            .asString()
            .startsWith("parse: +14.1 % of instructions explains"));
  }

  @Test
  void withoutAPlaceOrOfAnotherBenchmarkItStaysWhereItWas() {
    JsonNode unknown = place(List.of(verdict("parser")), findings("parser", "parse", null, null));
    JsonNode other = place(List.of(verdict("parsers")), findings("parser", "parse", "a.c", 1));

    for (JsonNode result : List.of(unknown, other)) {
      assertTrue(result.at("/locations/0/physicalLocation").isMissingNode());
    }
    assertFalse(other.at("/message/text").asString().contains("parse: "));
  }

  @Test
  void jsonHasWhatEachFunctionCost() {
    List<Verdict> all = List.of(verdict("parser"));

    JsonNode profile =
        JsonMapper.shared()
            .readTree(
                VerdictWriters.json(
                    all, decide(all), List.of(), findings("parser", HOSTILE, "a.c", 3)))
            .at("/profiles/0");

    assertEquals("callgrind", profile.path("profiler").asString());
    assertEquals(111, profile.path("after").asDouble());
    assertEquals(HOSTILE, profile.at("/functions/0/function").asString());
    assertEquals(20, profile.at("/functions/0/self_after").asDouble());
    assertEquals(0.92, profile.at("/functions/0/share").asDouble());
    assertTrue(profile.at("/functions/0/confidence").isNull());
  }

  @Test
  void withoutProfilesNothingIsSaidOfThem() {
    List<Verdict> all = List.of(verdict("parser"));

    assertFalse(VerdictWriters.json(all, decide(all), List.of()).contains("profiles"));
    assertFalse(VerdictWriters.markdown(all, decide(all), List.of()).contains("Functions"));
  }

  @Test
  void markdownNamesTheFunctionAndItsNameIsNoMarkup() {
    List<Verdict> all = List.of(verdict("parser"));

    String plain =
        VerdictWriters.markdown(
            all, decide(all), List.of(), findings("parser", "parse_header", "a.c", 3));
    String hostile =
        VerdictWriters.markdown(all, decide(all), List.of(), findings("parser", HOSTILE, "a.c", 3));

    assertTrue(plain.contains("- parser: `parse_header`"), plain);
    String last = hostile.lines().reduce((one, next) -> next).orElseThrow();
    assertTrue(
        last.startsWith("- parser: `f'| | x | <img src=x> @admin [l](http://e.vil) \ufffd`"), last);
    assertEquals(2, last.chars().filter(c -> c == '`').count(), last);
  }
}
