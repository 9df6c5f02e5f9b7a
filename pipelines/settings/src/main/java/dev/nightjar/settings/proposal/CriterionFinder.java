package dev.nightjar.settings.proposal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cargo's benchmarks with criterion. */
final class CriterionFinder implements BenchmarkFinder {
  private static final Pattern BENCH =
      Pattern.compile(
          "\\[\\[bench]]\\s*(?:[^\\[]{0,500}?\\n)?\\s*name\\s*=\\s*\"([\\w-]{1,200})\"");
  private static final Pattern DEPENDENCY =
      Pattern.compile("(?m)^\\s*(criterion\\b|\\[.*dependencies\\.criterion])");

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    boolean isWorkspace = files.has("Cargo.toml");
    for (String manifest : files.named("Cargo.toml")) {
      String text = files.text(manifest);
      if (DEPENDENCY.matcher(text).find()) {
        String folder = ProjectFiles.folderOf(manifest);
        String at = folder.isEmpty() ? "" : " --manifest-path " + ShellWord.ofPath(manifest);
        String target = (isWorkspace || folder.isEmpty() ? "" : folder + "/") + "target";
        proposal.setup("cargo bench --quiet --no-run" + at);
        benches(text, manifest, at, target, proposal);
      }
    }
  }

  private static void benches(
      String text, String manifest, String at, String target, Proposal proposal) {
    Matcher bench = BENCH.matcher(text);
    while (bench.find()) {
      // What an earlier one wrote there is not this one's.
      proposal.benchmark(
          "criterion in " + manifest,
          bench.group(1),
          "rm -rf %s/criterion && cargo bench --quiet%s --bench %s"
              .formatted(ShellWord.ofPath(target), at, bench.group(1)),
          Optional.of(target + "/criterion/**/new/estimates.json"));
    }
  }
}
