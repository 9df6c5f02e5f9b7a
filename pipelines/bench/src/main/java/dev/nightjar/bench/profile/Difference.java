package dev.nightjar.bench.profile;

import dev.nightjar.bench.profile.CallTree.Cost;
import dev.nightjar.bench.profile.CallTree.LineRange;
import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.ProfiledBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the runs of two versions side by side, function by function. */
final class Difference {
  private static final int MOST_FUNCTIONS = 100;

  private final List<CallTree> base;
  private final List<CallTree> head;
  private final ProfiledBy profiler;

  /** Of runs of both versions, at least one each. */
  Difference(List<CallTree> base, List<CallTree> head, ProfiledBy profiler) {
    this.base = base;
    this.head = head;
    this.profiler = profiler;
  }

  /** What differs, in the mean of the runs. */
  DifferentialProfile of(String benchmark, List<String> notes) {
    CostChange total = new CostChange(mean(base), mean(head));
    return new DifferentialProfile(
        benchmark,
        profiler,
        total,
        Optional.empty(),
        functions(total),
        new Flames(base, head).graph(),
        notes);
  }

  private static double mean(List<CallTree> runs) {
    return runs.stream().mapToDouble(CallTree::total).average().orElse(0);
  }

  private List<FunctionDifference> functions(CostChange total) {
    Map<CodeFunction, Cost> before = meanCosts(base);
    Map<CodeFunction, Cost> after = meanCosts(head);
    Map<CodeFunction, LineRange> lines = lines();
    Resampling resampling = new Resampling(base, head);
    Set<CodeFunction> all = new LinkedHashSet<>(before.keySet());
    all.addAll(after.keySet());
    List<FunctionDifference> differences = new ArrayList<>();
    for (CodeFunction function : all) {
      Cost was = before.getOrDefault(function, Cost.NONE);
      Cost is = after.getOrDefault(function, Cost.NONE);
      differences.add(difference(function, was, is, total, lines.get(function)));
    }
    return those(differences).stream()
        .sorted(
            Comparator.comparingDouble(FunctionDifference::share)
                .reversed()
                .thenComparing(one -> one.function().name()))
        .map(one -> profiler.isSampler() ? resampling.sure(one) : one)
        .toList();
  }

  /** Those that differ most by themselves, and those that do with what they call. */
  private static Set<FunctionDifference> those(List<FunctionDifference> all) {
    Set<FunctionDifference> those = new LinkedHashSet<>();
    List<Function<FunctionDifference, CostChange>> costs =
        List.of(FunctionDifference::self, FunctionDifference::inclusive);
    for (Function<FunctionDifference, CostChange> cost : costs) {
      all.stream()
          .sorted(
              Comparator.comparingDouble(
                      (FunctionDifference one) -> -Math.abs(cost.apply(one).difference()))
                  .thenComparingDouble(one -> -cost.apply(one).after()))
          .limit(MOST_FUNCTIONS / costs.size())
          .forEach(those::add);
    }
    return those;
  }

  private static FunctionDifference difference(
      CodeFunction function, Cost was, Cost is, CostChange total, @Nullable LineRange lines) {
    double difference = is.self() - was.self();
    return new FunctionDifference(
        function,
        lines == null ? null : Integer.valueOf(lines.first()),
        lines == null ? null : Integer.valueOf(lines.last()),
        new CostChange(was.self(), is.self()),
        new CostChange(was.inclusive(), is.inclusive()),
        total.difference() == 0 ? 0 : difference / total.difference(),
        null);
  }

  private static Map<CodeFunction, Cost> meanCosts(List<CallTree> runs) {
    Map<CodeFunction, Cost> sums = new HashMap<>();
    for (CallTree run : runs) {
      run.costs()
          .forEach(
              (function, cost) -> sums.merge(function, cost.by(1.0 / runs.size()), Cost::plus));
    }
    return sums;
  }

  /** In the later version, and of what is gone there, in the earlier one. */
  private Map<CodeFunction, LineRange> lines() {
    Map<CodeFunction, LineRange> lines = new HashMap<>();
    for (List<CallTree> version : List.of(base, head)) {
      Map<CodeFunction, LineRange> own = new HashMap<>();
      version.forEach(run ->
          run.lines()
              .forEach((function, range) ->
                  own.merge(
                      function, range, (one, more) -> one.with(more.first()).with(more.last()))));
      lines.putAll(own);
    }
    return lines;
  }
}
