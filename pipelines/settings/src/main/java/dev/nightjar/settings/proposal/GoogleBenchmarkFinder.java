package dev.nightjar.settings.proposal;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of CMake that are linked with Google Benchmark. */
final class GoogleBenchmarkFinder implements BenchmarkFinder {
  private static final Pattern LINKED =
      Pattern.compile(
          "target_link_libraries\\s*\\(\\s*([\\w.+-]{1,200})\\s[^)]{0,2000}?\\bbenchmark(_main)?\\b");
  private static final Pattern PROGRAM =
      Pattern.compile("add_executable\\s*\\(\\s*([\\w.+-]{1,200})\\s");

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    boolean isBuilt = files.has("CMakeLists.txt");
    for (String list : files.named("CMakeLists.txt")) {
      String folder = isBuilt ? "" : ProjectFiles.folderOf(list);
      for (String program : programs(files.text(list))) {
        build(folder, proposal);
        String build = folder.isEmpty() ? "build" : folder + "/build";
        String below = isBuilt ? ProjectFiles.folderOf(list) : "";
        String binary = build + "/" + (below.isEmpty() ? "" : below + "/") + program;
        String results = build + "/" + program + ".json";
        proposal.benchmark(
            "Google Benchmark in " + list,
            program,
            "%s --benchmark_out=%s --benchmark_out_format=json"
                .formatted(ShellWord.ofPath(binary), ShellWord.of(results)),
            Optional.of(results));
      }
    }
  }

  private static void build(String folder, Proposal proposal) {
    String source = folder.isEmpty() ? "." : ShellWord.ofPath(folder);
    String build = ShellWord.ofPath(folder.isEmpty() ? "build" : folder + "/build");
    proposal.setup(
        "cmake -S %s -B %s -DCMAKE_BUILD_TYPE=Release && cmake --build %s --parallel"
            .formatted(source, build, build));
  }

  private static Set<String> programs(String list) {
    Set<String> programs = all(PROGRAM, list);
    programs.retainAll(all(LINKED, list));
    return programs;
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
