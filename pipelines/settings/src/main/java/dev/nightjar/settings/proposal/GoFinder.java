package dev.nightjar.settings.proposal;

import java.util.Optional;
import java.util.regex.Pattern;

/** Go modules whose tests have benchmarks. */
final class GoFinder implements BenchmarkFinder {
  private static final Pattern TESTS = Pattern.compile(".*_test\\.go");
  private static final Pattern BENCHMARK =
      Pattern.compile("(?m)^func Benchmark\\w*\\(\\s*\\w+ \\*testing\\.B\\s*\\)");
  private static final int MOST_READ = 500;
  private static final String RESULTS = ".nightjar-go.txt";

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    for (String module : files.named("go.mod")) {
      String folder = ProjectFiles.folderOf(module);
      boolean hasAny =
          files.matching(TESTS).stream()
              .filter(file -> folder.isEmpty() || file.startsWith(folder + "/"))
              .limit(MOST_READ)
              .anyMatch(file -> BENCHMARK.matcher(files.text(file)).find());
      if (hasAny) {
        String inside = folder.isEmpty() ? "" : "cd " + ShellWord.ofPath(folder) + " && ";
        proposal.benchmark(
            "Go benchmarks of " + module,
            folder.isEmpty() ? "go" : folder,
            inside + "go test -run '^$' -bench . ./... >" + RESULTS,
            Optional.of(ProjectFiles.beside(module, RESULTS)));
      }
    }
  }
}
