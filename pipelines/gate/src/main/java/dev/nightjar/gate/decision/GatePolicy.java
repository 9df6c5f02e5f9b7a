package dev.nightjar.gate.decision;

import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sure the gate must be, and what matters to it: the {@code gate} part of {@code
 * nightjar.yaml}.
 *
 * @param confidence within [0.5, 1): at most 1 − confidence of the runs in which nothing changed
 *     may be red, however many benchmarks they hold
 * @param smallestEffect relative change that matters, 0.02 being 2 %; 0 for any
 * @param smallestCountEffect the same of what is counted ({@link Series#isCounted})
 * @param onInconclusive what an undecided comparison does to the gate
 * @param onMissing what an expected result that is absent does to the gate
 * @param onUncompared what a run does to the gate most of which was compared with nothing although
 *     as much that earlier runs have is missing
 * @param onOpen what a finding of an earlier run does to the gate that is not shown to be mended;
 *     absent where it fails on the branch that it was opened on, and passes on others
 * @param onDrift what it does to the gate that a series gets worse bit by bit, beyond the smallest
 *     effect, and is not shown to be mended: where it fails, it counts as a regression
 * @param rules what differs for some benchmarks; the first that concerns a series holds
 */
public record GatePolicy(
    double confidence,
    double smallestEffect,
    double smallestCountEffect,
    Consequence onInconclusive,
    Consequence onMissing,
    Consequence onUncompared,
    @Nullable Consequence onOpen,
    Consequence onDrift,
    List<BenchmarkRule> rules) {
  private static final double COUNT_EFFECT = 0.005;

  /** What holds where nothing is configured. */
  public static final GatePolicy DEFAULT =
      new GatePolicy(0.99, 0.05, Consequence.AUTO, Consequence.FAIL, List.of());

  /**
   * @throws Failure.Misuse for a number out of its range
   */
  public GatePolicy {
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new Failure.Misuse(
          "gate.confidence is " + confidence + ": give a number from 0.5 to below 1, like 0.99.");
    }
    requireEffect("gate.smallest_effect", smallestEffect);
    requireEffect("gate.smallest_count_effect", smallestCountEffect);
    rules = List.copyOf(rules);
    for (BenchmarkRule rule : rules) {
      if (rule.smallestEffect() != null) {
        requireEffect(
            "smallest_effect of benchmark '" + rule.benchmark() + "'", rule.smallestEffect());
      }
    }
  }

  /** A policy to which a run that was compared with nothing is no verdict, and no more is said. */
  public GatePolicy(
      double confidence,
      double smallestEffect,
      Consequence onInconclusive,
      Consequence onMissing,
      List<BenchmarkRule> rules) {
    this(
        confidence,
        smallestEffect,
        COUNT_EFFECT,
        onInconclusive,
        onMissing,
        Consequence.FAIL,
        null,
        Consequence.PASS,
        rules);
  }

  /**
   * The policy for versions that are measured in turns or side by side until they are decided: what
   * then stays undecided and looks worse does not pass, if nobody says otherwise. Of a history it
   * does, as a night is one of many and the next is compared as well.
   */
  public GatePolicy paired() {
    return onInconclusive == Consequence.AUTO
        ? new GatePolicy(
            confidence,
            smallestEffect,
            smallestCountEffect,
            Consequence.FAIL_IF_WORSE,
            onMissing,
            onUncompared,
            onOpen,
            onDrift,
            rules)
        : this;
  }

  private static void requireEffect(String name, double effect) {
    if (!(effect >= 0 && effect < 1)) {
      throw new Failure.Misuse(
          name + " is " + effect + ": give a share from 0 to below 1, like 0.02 or 2%.");
    }
  }

  /** The change that matters for this series. */
  public double smallestEffectOf(Series series) {
    BenchmarkRule rule = ruleOf(series);
    double usual = series.isCounted() ? smallestCountEffect : smallestEffect;
    return rule == null || rule.smallestEffect() == null ? usual : rule.smallestEffect();
  }

  /** Which way this series is better. */
  public Direction directionOf(Series series) {
    BenchmarkRule rule = ruleOf(series);
    return rule == null || rule.direction() == null
        ? series.benchmark().direction()
        : rule.direction();
  }

  /** Whether a rule says which way this series is better. */
  boolean saysDirectionOf(Series series) {
    BenchmarkRule rule = ruleOf(series);
    return rule != null && rule.direction() != null;
  }

  /** What an undecided comparison of this series does to the gate. */
  public Consequence onInconclusive(Series series) {
    BenchmarkRule rule = ruleOf(series);
    Consequence said = rule == null ? null : rule.onInconclusive();
    return said == null || said == Consequence.AUTO ? onInconclusive : said;
  }

  /** What the absence of this series does to the gate. */
  public Consequence onMissing(Series series) {
    BenchmarkRule rule = ruleOf(series);
    return rule == null || rule.onMissing() == null ? onMissing : rule.onMissing();
  }

  /** Whether the estimate is worse by more than the smallest effect, however unsure it is. */
  public boolean looksWorse(Verdict verdict) {
    Double effect = verdict.effect();
    if (effect == null) {
      return false;
    }
    double smallest = smallestEffectOf(verdict.series());
    return directionOf(verdict.series()) == Direction.LOWER_IS_BETTER
        ? effect > smallest
        : effect < -smallest;
  }

  /**
   * What it does to the gate that a series is still slow.
   *
   * @param isInherited whether another branch made it so
   */
  Consequence onOpen(boolean isInherited) {
    return onOpen != null ? onOpen : isInherited ? Consequence.PASS : Consequence.FAIL;
  }

  private @Nullable BenchmarkRule ruleOf(Series series) {
    return rules.stream().filter(rule -> rule.concerns(series)).findFirst().orElse(null);
  }
}
