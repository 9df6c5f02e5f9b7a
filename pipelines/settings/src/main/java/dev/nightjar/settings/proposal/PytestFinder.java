package dev.nightjar.settings.proposal;

import java.util.Optional;
import java.util.regex.Pattern;

/** Tests that pytest-benchmark times. */
final class PytestFinder implements BenchmarkFinder {
  private static final Pattern REQUIREMENTS =
      Pattern.compile(
          "(.*/)?(pyproject\\.toml|setup\\.(py|cfg)|tox\\.ini|Pipfile|noxfile\\.py"
              + "|environment\\.ya?ml|[\\w.-]*requirements[\\w.-]*\\.(txt|in)|requirements/.*\\.(txt|in))");
  private static final String RESULTS = ".nightjar-pytest.json";

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    files.matching(REQUIREMENTS).stream()
        .filter(file -> files.text(file).contains("pytest-benchmark"))
        .findFirst()
        .ifPresent(file ->
            proposal.benchmark(
                "pytest-benchmark in " + file,
                "pytest",
                "python3 -m pytest -q --benchmark-only --benchmark-json=" + RESULTS,
                Optional.of(RESULTS)));
  }
}
