package dev.nightjar.settings.proposal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Histories that other tools have kept in the project. */
final class KeptHistoryFinder implements BenchmarkFinder {
  private static final Pattern ASV_RESULTS = Pattern.compile("((?:.*/)?\\.asv/results)/.+\\.json");
  private static final String GITHUB_ACTION = "window.BENCHMARK_DATA";

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    files.matching(ASV_RESULTS).stream()
        .findFirst()
        .map(ASV_RESULTS::matcher)
        .filter(Matcher::matches)
        .ifPresent(matcher -> say(proposal, "asv", matcher.group(1)));
    files.named("data.js").stream()
        .filter(file -> files.text(file).startsWith(GITHUB_ACTION))
        .forEach(file -> say(proposal, "github-action-benchmark", file));
  }

  private static void say(Proposal proposal, String tool, String path) {
    proposal.note(
        "%s is a history of %s: 'nightjar import --from %s %s' brings it in."
            .formatted(path, tool, tool, ShellWord.ofPath(path)));
  }
}
