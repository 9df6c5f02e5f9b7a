package dev.nightjar.jobs.profile;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.profile.FunctionProfiler;
import dev.nightjar.git.ChangedLines;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.NamedFunction;
import dev.nightjar.settings.ProfileWhen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Profiles the benchmarks whose verdicts changed, after all is measured, and says in each verdict
 * which function did it. No verdict changes its kind by it, nor fails with it.
 */
public final class ProfiledVerdicts {
  /** For a benchmark; a program of two seconds is still counted in it. */
  private static final Duration EACH = Duration.ofMinutes(4);

  /** For all of a run. */
  private static final Duration ALL = Duration.ofMinutes(10);

  private final Path base;
  private final Path head;
  private final Supplier<ChangedLines> difference;
  private final RunListener listener;
  private final Consumer<String> notes;
  private final List<DifferentialProfile> profiles = new ArrayList<>();

  /**
   * Of two versions, both built.
   *
   * @param difference what differs between them; asked for when there is a profile
   * @param notes take what a person should know, in clauses
   */
  public ProfiledVerdicts(
      Path base,
      Path head,
      Supplier<ChangedLines> difference,
      RunListener listener,
      Consumer<String> notes) {
    this.base = base;
    this.head = head;
    this.difference = difference;
    this.listener = listener;
    this.notes = notes;
  }

  /** The profiles, in the order of the benchmarks. */
  public List<DifferentialProfile> profiles() {
    return List.copyOf(profiles);
  }

  /** The verdicts with the functions that explain them. */
  public List<Verdict> of(
      List<Verdict> verdicts, List<BenchmarkDefinition> benchmarks, ProfileWhen when)
      throws InterruptedException {
    long deadline = System.nanoTime() + ALL.toNanos();
    List<Verdict> explained = new ArrayList<>(verdicts);
    for (BenchmarkDefinition benchmark : benchmarks) {
      List<Verdict> own = verdicts.stream().filter(verdict -> isOf(benchmark, verdict)).toList();
      boolean isMeasured = own.stream().anyMatch(verdict -> verdict.effect() != null);
      boolean isChanged = own.stream().anyMatch(ProfiledVerdicts::isChanged);
      if (when == ProfileWhen.ALWAYS ? isMeasured : when == ProfileWhen.AUTO && isChanged) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        profile(benchmark, own, left).ifPresent(named -> explain(explained, own, named));
      }
    }
    return explained;
  }

  /** Whether a verdict is on what a benchmark gives. */
  public static boolean isOf(BenchmarkDefinition benchmark, Verdict verdict) {
    String name = verdict.series().benchmark().name();
    return verdict.series().benchmark().suite() == null
        && (name.equals(benchmark.name()) || name.startsWith(benchmark.name() + "/"));
  }

  /** Whether a verdict is of the kinds that are profiled. */
  public static boolean isChanged(Verdict verdict) {
    return verdict.kind() == VerdictKind.REGRESSED || verdict.kind() == VerdictKind.IMPROVED;
  }

  private Optional<NamedFunction> profile(
      BenchmarkDefinition benchmark, List<Verdict> verdicts, Duration left)
      throws InterruptedException {
    if (!left.isPositive()) {
      notes.accept(
          "%s is not profiled: the %d minutes for all profiles of a run are used up"
              .formatted(benchmark.name(), ALL.toMinutes()));
      return Optional.empty();
    }
    listener.note("Profiling both versions of " + benchmark.name() + ".");
    Duration budget = left.compareTo(EACH) < 0 ? left : EACH;
    FunctionProfiler.Outcome outcome = FunctionProfiler.profile(benchmark, base, head, budget);
    outcome.notes().forEach(note -> notes.accept(benchmark.name() + ", profiled: " + note));
    return outcome.profile().flatMap(profile -> named(profile, verdicts));
  }

  private Optional<NamedFunction> named(DifferentialProfile profile, List<Verdict> verdicts) {
    Optional<Verdict> changed =
        verdicts.stream()
            .filter(ProfiledVerdicts::isChanged)
            .max(
                Comparator.comparing((Verdict one) -> one.kind() == VerdictKind.REGRESSED)
                    .thenComparingDouble(one -> Math.abs(effect(one))));
    if (changed.isEmpty()) {
      profiles.add(profile);
      return Optional.empty();
    }
    FunctionNaming naming = new FunctionNaming(profile, difference.get(), changed.get().kind());
    Optional<NamedFunction> named = naming.named(effect(changed.get()));
    List<String> more = new ArrayList<>(profile.notes());
    if (named.isEmpty()) {
      for (String reason : naming.why(effect(changed.get()))) {
        more.add(reason);
        notes.accept(profile.benchmark() + ", profiled: " + reason);
      }
    }
    profiles.add(profile.naming(named, more));
    return named;
  }

  private static double effect(Verdict verdict) {
    Double effect = verdict.effect();
    return effect == null ? 0 : effect;
  }

  private static void explain(List<Verdict> all, List<Verdict> own, NamedFunction named) {
    all.replaceAll(verdict ->
        own.contains(verdict) && isChanged(verdict) ? explained(verdict, named) : verdict);
  }

  private static Verdict explained(Verdict verdict, NamedFunction named) {
    String cause = verdict.suspectedCause();
    return new Verdict(
        verdict.series(),
        verdict.kind(),
        verdict.effect(),
        verdict.effectLow(),
        verdict.effectHigh(),
        verdict.confidence(),
        verdict.baseline(),
        verdict.evidence(),
        (cause == null ? "" : cause + "; ") + named.sentence());
  }
}
