package dev.nightjar.bench.profile;

import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.FunctionDifference;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How sure it is that a sampled function changed the way it did: runs are drawn again with
 * replacement, and so is the number of samples in each, which a sampler takes by chance.
 */
final class Resampling {
  private static final int RESAMPLES = 1000;

  /** Fixed, so that the same profile says the same. */
  private static final long SEED = 20_261_130;

  private final List<Map<CodeFunction, CallTree.Cost>> base;
  private final List<Map<CodeFunction, CallTree.Cost>> head;
  private final double sampleCost;

  /** Of the runs of both versions. */
  Resampling(List<CallTree> base, List<CallTree> head) {
    this.base = base.stream().map(CallTree::costs).toList();
    this.head = head.stream().map(CallTree::costs).toList();
    sampleCost =
        Math.max(
            base.stream().mapToDouble(CallTree::sampleCost).max().orElse(0),
            head.stream().mapToDouble(CallTree::sampleCost).max().orElse(0));
  }

  /** The same difference, with how sure it is. */
  FunctionDifference sure(FunctionDifference of) {
    double difference = of.self().difference();
    Random random = new Random(SEED);
    int alike = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      double drawn = draw(head, of.function(), random) - draw(base, of.function(), random);
      alike += Math.signum(drawn) == Math.signum(difference) ? 1 : 0;
    }
    return new FunctionDifference(
        of.function(),
        of.line(),
        of.lastLine(),
        of.self(),
        of.inclusive(),
        of.share(),
        (double) alike / RESAMPLES);
  }

  private double draw(
      List<Map<CodeFunction, CallTree.Cost>> runs, CodeFunction function, Random random) {
    double samples = 0;
    for (int i = 0; i < runs.size(); i++) {
      Map<CodeFunction, CallTree.Cost> run = runs.get(random.nextInt(runs.size()));
      double mean = run.getOrDefault(function, CallTree.Cost.NONE).self() / sampleCost;
      samples += Math.max(0, Math.round(mean + random.nextGaussian() * Math.sqrt(mean)));
    }
    return samples / runs.size();
  }
}
