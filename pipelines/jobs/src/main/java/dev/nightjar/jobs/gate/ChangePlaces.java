package dev.nightjar.jobs.gate;

import dev.nightjar.gate.verdict.FilePlace;
import dev.nightjar.gate.verdict.FindingPlaces;
import dev.nightjar.gate.verdict.LikelyPlaces;
import dev.nightjar.git.ChangedLines;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.file.InputFile;
import dev.nightjar.settings.Settings;
import dev.nightjar.settings.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The places of findings, as the repository tells them: files that differ between the commits that
 * are suspected; else between those that were compared; else of the commit that is checked out;
 * else the line of {@code nightjar.yaml} that names the benchmark. Nothing is read before it is
 * asked for, and what cannot be told leaves the next.
 */
public final class ChangePlaces implements FindingPlaces {
  private static final Pattern COMMITS =
      Pattern.compile("\\bcommits ([0-9a-f]{7,40})\\.\\.([0-9a-f]{7,40})\\b");
  private static final String SETTINGS = "nightjar.yaml";
  private static final long MOST_SETTINGS_BYTES = 1 << 20;

  private final Supplier<Workspace> workspace;
  private final Optional<String> base;
  private final Map<String, Optional<ChangedLines>> changes = new HashMap<>();

  private ChangePlaces(Supplier<Workspace> workspace, Optional<String> base) {
    this.workspace = workspace;
    this.base = base;
  }

  /**
   * Of findings in a workspace.
   *
   * @param base what HEAD was compared with, where that is one revision
   */
  public static ChangePlaces of(Supplier<Workspace> workspace, Optional<String> base) {
    return new ChangePlaces(workspace, base);
  }

  @Override
  public List<FilePlace> of(Verdict verdict) {
    String cause = verdict.suspectedCause();
    Matcher commits = COMMITS.matcher(cause == null ? "" : cause);
    String name = verdict.series().benchmark().name();
    List<FilePlace> suspected =
        commits.find() ? between(commits.group(1), commits.group(2), name) : List.of();
    return suspected.isEmpty() ? ofRun(name) : suspected;
  }

  @Override
  public List<FilePlace> ofRun() {
    return ofRun("");
  }

  private List<FilePlace> ofRun(String benchmark) {
    List<FilePlace> compared = base.map(from -> between(from, "HEAD", benchmark)).orElse(List.of());
    List<FilePlace> places = compared.isEmpty() ? between("HEAD^", "HEAD", benchmark) : compared;
    return places.isEmpty() ? inSettings(benchmark) : places;
  }

  private List<FilePlace> between(String from, String to, String benchmark) {
    return changes
        .computeIfAbsent(from + ".." + to, _ -> difference(from, to))
        .map(changed -> LikelyPlaces.of(changed, benchmark))
        .orElse(List.of());
  }

  private Optional<ChangedLines> difference(String from, String to) {
    try (GitRepository repository = repository()) {
      Optional<String> first = repository.commit(from);
      Optional<String> last = repository.commit(to);
      return first.isPresent() && last.isPresent()
          ? Optional.of(ChangedLines.between(repository.location(), first.get(), last.get()))
          : Optional.empty();
    } catch (Failure e) {
      return Optional.empty(); // a place is a help: without git, or in a cut clone, there is none
    }
  }

  private GitRepository repository() {
    return GitRepository.open(workspace.get().settings().repository());
  }

  private List<FilePlace> inSettings(String benchmark) {
    Path file = workspace.get().folder().resolve(SETTINGS);
    try (GitRepository repository = repository()) {
      List<String> lines = InputFile.of(file, MOST_SETTINGS_BYTES).lines();
      String path = inWorkTree(repository, file);
      int line = lineOf(workspace.get().settings(), benchmark, lines);
      return path == null ? List.of() : List.of(new FilePlace(path, line, line));
    } catch (Failure | IOException e) {
      return List.of(); // there is no such file, or none that can be read
    }
  }

  private static @Nullable String inWorkTree(GitRepository repository, Path file)
      throws IOException {
    Path top = repository.workTree().map(Path::toAbsolutePath).orElse(null);
    Path real = file.toRealPath();
    return top == null || !real.startsWith(top.toRealPath())
        ? null
        : top.toRealPath().relativize(real).toString().replace('\\', '/');
  }

  /** The line that names the benchmark, or the one whose name a result's begins with; else 1. */
  private static int lineOf(Settings settings, String benchmark, List<String> lines) {
    for (String name : settings.benchmarkNames()) {
      if (benchmark.equals(name) || benchmark.startsWith(name + "/")) {
        Pattern named =
            Pattern.compile(
                "\\s*-?.*\\bname:\\s*[\"']?" + Pattern.quote(name) + "[\"']?\\s*([,}#].*)?");
        for (int i = 0; i < lines.size(); i++) {
          if (named.matcher(lines.get(i)).matches()) {
            return i + 1;
          }
        }
      }
    }
    return 1;
  }
}
