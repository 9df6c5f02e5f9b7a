package dev.nightjar.jobs.profile;

import dev.nightjar.git.ChangedLines;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.NamedFunction;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names the function that did it: the one in which most of the difference is, unless the commits
 * did not touch it and touched one that calls it and accounts for half of the difference or more.
 * Then it is that one: who calls {@code memcpy} twice as often made it slower, not {@code memcpy}.
 */
final class FunctionNaming {
  /** A difference that is spread more thinly is of no one function. */
  private static final double LEAST_SHARE = 0.3;

  private static final double LEAST_OF_CALLER = 0.5;

  /** A profile that shows less than this part of the measured effect shows another thing. */
  private static final double LEAST_OF_EFFECT = 0.25;

  private final DifferentialProfile profile;
  private final ChangedLines changed;
  private final VerdictKind kind;

  /** Of a benchmark's profile, for verdicts of that kind on commits that differ in these lines. */
  FunctionNaming(DifferentialProfile profile, ChangedLines changed, VerdictKind kind) {
    this.profile = profile;
    this.changed = changed;
    this.kind = kind;
  }

  /**
   * What is named; empty where no function is.
   *
   * @param effect what was measured, as a share, 0.1 being 10 %; either sign
   */
  Optional<NamedFunction> named(double effect) {
    return isShown(effect) ? culprit().map(this::named) : Optional.empty();
  }

  /** Whether the profile shows what was measured at all. */
  boolean isShown(double effect) {
    CostChange total = profile.total();
    boolean isAlike = kind == VerdictKind.IMPROVED == total.difference() < 0;
    return isAlike && Math.abs(total.relative()) >= LEAST_OF_EFFECT * Math.abs(effect);
  }

  private Optional<FunctionDifference> culprit() {
    Optional<FunctionDifference> most =
        profile.functions().stream().max(Comparator.comparingDouble(FunctionDifference::share));
    if (most.isPresent() && isTouched(most.get()) && most.get().share() >= LEAST_SHARE) {
      return most;
    }
    Optional<FunctionDifference> caller =
        profile.functions().stream()
            .filter(this::isTouched)
            .filter(one -> shareWithCalled(one) >= LEAST_OF_CALLER)
            .min(Comparator.comparingDouble(one -> one.inclusive().after()));
    return caller.isPresent() ? caller : most.filter(one -> one.share() >= LEAST_SHARE);
  }

  private double shareWithCalled(FunctionDifference one) {
    return one.inclusive().difference() / profile.total().difference();
  }

  private boolean isTouched(FunctionDifference one) {
    return firstChange(one).isPresent();
  }

  /** The first change in the lines of it that ran. */
  private Optional<Integer> firstChange(FunctionDifference one) {
    Integer first = one.line();
    Integer last = one.lastLine();
    return first == null || last == null
        ? Optional.empty()
        : file(one)
            .flatMap(file ->
                changed.of(Path.of(file)).stream()
                    .filter(span -> span.last() >= first && span.first() <= last)
                    .map(span -> Math.max(span.first(), first))
                    .min(Comparator.naturalOrder()));
  }

  /**
   * Its source in the repository, where the commits changed that. Java's recordings know only the
   * path below a folder of sources.
   */
  private Optional<String> file(FunctionDifference one) {
    String source = one.function().file();
    return source == null
        ? Optional.empty()
        : changed.files().stream()
            .filter(file -> file.equals(source) || file.endsWith("/" + source))
            .findFirst();
  }

  private NamedFunction named(FunctionDifference one) {
    Optional<Integer> line = firstChange(one);
    return new NamedFunction(
        one, line.isPresent() ? file(one).orElse(null) : null, line.orElse(null), sentence(one));
  }

  private String sentence(FunctionDifference one) {
    boolean isCaller = one.share() < LEAST_SHARE;
    double share = isCaller ? shareWithCalled(one) : one.share();
    CostChange cost = isCaller ? one.inclusive() : one.self();
    Double confidence = one.confidence();
    return String.format(
        Locale.ROOT,
        "%s%s: %+.1f %% of %s %sexplains %s of the %s%s",
        one.function().name(),
        place(one),
        100 * cost.difference() / profile.total().before(),
        profile.profiler().measure(),
        isCaller ? "with what it calls " : "",
        share > 1 ? "all" : String.format(Locale.ROOT, "%.0f %%", 100 * share),
        kind == VerdictKind.IMPROVED ? "speed-up" : "slowdown",
        confidence == null
            ? ""
            : String.format(Locale.ROOT, " (%.1f %% of resamples agree)", 100 * confidence));
  }

  private String place(FunctionDifference one) {
    String known = one.function().file();
    if (known == null) {
      return one.function().object().isEmpty() ? "" : " in " + one.function().object();
    }
    String file = file(one).orElse(known);
    Integer line = firstChange(one).orElse(one.line());
    return " (" + file + (line == null ? "" : ":" + line) + ")";
  }

  /** What a person should know where none is named. */
  List<String> why(double effect) {
    if (!isShown(effect)) {
      return List.of(
          String.format(
              Locale.ROOT,
              "the profile does not show it: %s went %+.1f %%, so it is how fast they run (caches,"
                  + " branches, waiting), or how many of them a run makes",
              profile.profiler().measure(),
              100 * profile.total().relative()));
    }
    return List.of("no function explains it alone: the difference is spread over many");
  }
}
