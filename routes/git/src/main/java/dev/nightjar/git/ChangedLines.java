package dev.nightjar.git;

import dev.nightjar.model.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which lines differ between two commits, as they are numbered in the later one. */
public final class ChangedLines {
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d{1,9}(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final String FILE = "+++ ";

  private final Map<String, List<Span>> files = new HashMap<>();

  /**
   * A run of changed lines.
   *
   * @param first of them
   * @param last of them; where lines are only gone, the first that follows, as the first
   */
  public record Span(int first, int last) {}

  private ChangedLines() {}

  /**
   * The lines that differ; of a difference beyond bounds, the first of them.
   *
   * @param gitFolder the git directory
   * @param base the earlier commit, in hex
   * @param head the later one, in hex
   * @throws Failure.Unavailable when git cannot tell
   */
  public static ChangedLines between(Path gitFolder, String base, String head) {
    GitProgram.Answer answer =
        GitProgram.run(
            gitFolder,
            "-c",
            "core.quotePath=false",
            "diff",
            "--unified=0",
            "--no-prefix",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--find-renames",
            base,
            head,
            "--");
    if (answer.problem() != null) {
      throw new Failure.Unavailable(
          "git cannot tell what differs between %s and %s: %s"
              .formatted(base, head, answer.problem()));
    }
    return of(answer.output());
  }

  /** What a difference without context says. */
  public static ChangedLines of(String difference) {
    ChangedLines changed = new ChangedLines();
    String file = "";
    int content = 0;
    for (String line : difference.split("\n")) {
      if (content > 0) {
        content -= line.startsWith("\\") ? 0 : 1; // "\ No newline at end of file" counts nowhere
        continue;
      }
      Matcher hunk = HUNK.matcher(line);
      if (line.startsWith(FILE)) {
        file = line.substring(FILE.length()).split("\t", 2)[0];
      } else if (hunk.matches()) {
        int added = count(hunk.group(3));
        content = count(hunk.group(1)) + added;
        changed.add(file, Integer.parseInt(hunk.group(2)), added);
      }
    }
    return changed;
  }

  private static int count(@Nullable String written) {
    return written == null ? 1 : Integer.parseInt(written);
  }

  private void add(String file, int first, int count) {
    // Of lines that are gone, git names the line before them.
    Span span = count == 0 ? new Span(first + 1, first + 1) : new Span(first, first + count - 1);
    files.computeIfAbsent(file, name -> new ArrayList<>()).add(span);
  }

  /** Files of which lines differ, as paths in the repository. */
  public List<String> files() {
    return List.copyOf(files.keySet());
  }

  /** The changed lines of a file, in order. */
  public List<Span> of(Path file) {
    return spansOf(file.toString());
  }

  /** The same by its path as git writes it. */
  public List<Span> spansOf(String file) {
    return files.getOrDefault(file, List.of());
  }
}
