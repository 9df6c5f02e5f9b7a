package dev.nightjar.settings.proposal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Targets of a Makefile at the top that are called benchmarks; its build, where nothing else is.
 */
final class MakeFinder implements BenchmarkFinder {
  private static final List<String> NAMES = List.of("GNUmakefile", "makefile", "Makefile");
  private static final Pattern TARGET =
      Pattern.compile("((?:bench|benchmarks?|perf)(?:[._-][\\w.-]{1,100})?)\\s*:(?![:=]).*");

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    Optional<String> makefile = NAMES.stream().filter(files::has).findFirst();
    if (makefile.isEmpty() || !proposal.isEmpty()) {
      return;
    }
    List<String> targets = targets(files, makefile.get()).distinct().toList();
    proposal.setup("make -s");
    for (String target : targets) {
      proposal.benchmark(
          "the target '" + target + "' of " + makefile.get(),
          target,
          "make -s " + target,
          Optional.empty());
    }
    if (targets.isEmpty()) {
      proposal.note(
          makefile.get()
              + " has no target that is called a benchmark: name commands under 'benchmarks'.");
    }
  }

  private static Stream<String> targets(ProjectFiles files, String makefile) {
    return files
        .lines(makefile)
        .map(TARGET::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }
}
