package dev.nightjar.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FlameFrame;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.ProfiledBy;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static CodeFunction function(String name) {
    return new CodeFunction(name, "program", "program.c");
  }

  private static List<CodeFunction> stack(String... names) {
    return Stream.of(names).map(DifferenceTest::function).toList();
  }

  private static CallTree counted(int parse, int copy) {
    CallTree tree = new CallTree(1);
    tree.add(stack("main"), 10);
    tree.add(stack("main", "parse"), parse);
    tree.add(stack("main", "parse", "copy"), copy);
    tree.add(stack("main", "parse", "parse"), 5);
    tree.ran(function("parse"), 12);
    tree.ran(function("parse"), 30);
    tree.ran(function("parse"), 0);
    return tree;
  }

  private static DifferentialProfile counts(CallTree base, CallTree head) {
    return new Difference(List.of(base), List.of(head), ProfiledBy.CALLGRIND).of("x", List.of());
  }

  @Test
  void theFunctionThatExplainsMostIsFirstAndRecursionCountsOnce() {
    DifferentialProfile profile = counts(counted(40, 20), counted(58, 22));

    FunctionDifference first = profile.functions().getFirst();
    assertEquals("parse", first.function().name());
    assertEquals(new CostChange(75, 95), profile.total());
    assertEquals(new CostChange(45, 63), first.self());
    assertEquals(new CostChange(65, 85), first.inclusive());
    assertEquals(0.9, first.share(), 1e-9);
    assertEquals(12, first.line());
    assertEquals(30, first.lastLine());
    assertNull(first.confidence());
  }

  @Test
  void aFunctionThatIsGoneOrNewCostsNothingInTheOtherVersion() {
    CallTree head = new CallTree(1);
    head.add(stack("main", "added"), 9);

    DifferentialProfile profile = counts(counted(40, 20), head);

    assertEquals(new CostChange(0, 9), one(profile, "added").self());
    assertEquals(new CostChange(20, 0), one(profile, "copy").self());
    assertEquals(Double.POSITIVE_INFINITY, one(profile, "added").self().relative());
  }

  private static FunctionDifference one(DifferentialProfile profile, String name) {
    return profile.functions().stream()
        .filter(one -> one.function().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoCallsMoreIsKeptThoughItCostsNoMoreItself() {
    CallTree base = new CallTree(1);
    CallTree head = new CallTree(1);
    IntStream.range(0, 300).forEach(i -> base.add(stack("caller", "leaf" + i), 1));
    IntStream.range(0, 300).forEach(i -> head.add(stack("caller", "leaf" + i), 2));
    base.add(stack("caller"), 50);
    head.add(stack("caller"), 40);

    DifferentialProfile profile = counts(base, head);

    assertEquals(new CostChange(350, 640), one(profile, "caller").inclusive());
    assertTrue(profile.functions().size() <= 100);
  }

  @Test
  void theFlameGraphHoldsBothVersionsAndLeavesOutWhatCannotBeSeen() {
    CallTree base = new CallTree(1);
    IntStream.range(0, 50_000).forEach(i -> base.add(stack("main", "f" + i), 1));
    base.add(stack("main", "large"), 50_000);

    FlameFrame graph = counts(base, base).flame();

    FlameFrame main = graph.children().getFirst();
    assertEquals(new CostChange(100_000, 100_000), main.cost());
    assertEquals(List.of("large"), main.children().stream().map(FlameFrame::name).toList());
  }

  @Test
  void aVeryWideGraphIsBounded() {
    CallTree base = new CallTree(1);
    for (int i = 0; i < 900; i++) {
      base.add(stack("main", "f" + i, "g" + i, "h" + i), 1);
    }

    assertTrue(counts(base, base).flame().size() <= 1200);
  }

  @Test
  void aSampledChangeIsSureWhereItIsLargeAndNotWhereItIsNoise() {
    Random random = new Random(7);
    List<CallTree> base = IntStream.range(0, 6).mapToObj(i -> sampled(random, 50, 300)).toList();
    List<CallTree> head = IntStream.range(0, 6).mapToObj(i -> sampled(random, 150, 300)).toList();

    DifferentialProfile profile = new Difference(base, head, ProfiledBy.JFR).of("x", List.of());

    FunctionDifference slow = one(profile, "slow");
    assertTrue(assertNotNullDouble(slow.confidence()) > 0.999, slow.toString());
    double noise = assertNotNullDouble(one(profile, "steady").confidence());
    assertTrue(noise < 0.999, "steady: " + noise);
    assertEquals("slow", profile.functions().getFirst().function().name());
  }

  private static double assertNotNullDouble(Double value) {
    assertNotNull(value);
    return value;
  }

  private static CallTree sampled(Random random, int slow, int steady) {
    CallTree tree = new CallTree(0.001);
    tree.add(stack("slow"), 0.001 * Math.round(slow + 5 * random.nextGaussian()));
    tree.add(stack("steady"), 0.001 * Math.round(steady + 15 * random.nextGaussian()));
    return tree;
  }

  @Test
  void aStackThatIsTooDeepIsCutAndKeepsItsCost() {
    CallTree tree = new CallTree(1);
    List<CodeFunction> deep = IntStream.range(0, 100_000).mapToObj(i -> function("f" + i)).toList();

    tree.add(deep, 3);

    assertEquals(3, tree.total());
    assertEquals(200, tree.costs().size());
  }
}
