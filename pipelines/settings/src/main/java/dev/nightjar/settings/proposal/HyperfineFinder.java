package dev.nightjar.settings.proposal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scripts that call hyperfine. */
final class HyperfineFinder implements BenchmarkFinder {
  private static final Pattern SCRIPT = Pattern.compile(".*\\.(sh|bash)");
  private static final Pattern CALL = Pattern.compile("(?m)^\\s*(exec\\s+)?hyperfine\\s");
  private static final Pattern EXPORT = Pattern.compile("--export-json[ =]([\\w./-]{1,200})");

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    for (String script : files.matching(SCRIPT)) {
      String text = files.text(script);
      if (CALL.matcher(text).find()) {
        Matcher export = EXPORT.matcher(text);
        Optional<String> results = export.find() ? Optional.of(export.group(1)) : Optional.empty();
        String shell =
            text.startsWith("#!") && text.lines().findFirst().orElse("").contains("bash")
                ? "bash"
                : "sh";
        proposal.benchmark(
            "hyperfine in " + script,
            nameOf(script),
            shell + " " + ShellWord.ofPath(script),
            results);
        if (results.isEmpty()) {
          proposal.note(
              script
                  + " is timed as a whole: with --export-json FILE, and 'results: FILE', each of"
                  + " its commands is a series.");
        }
      }
    }
  }

  private static String nameOf(String script) {
    return script.substring(script.lastIndexOf('/') + 1).replaceFirst("\\.(sh|bash)$", "");
  }
}
