package dev.nightjar.settings.proposal;

import java.util.Optional;
import java.util.regex.Pattern;

/** Maven modules and Gradle builds with JMH. */
final class JmhFinder implements BenchmarkFinder {
  private static final Pattern GRADLE = Pattern.compile("(.*/)?build\\.gradle(\\.kts)?");

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    for (String pom : files.named("pom.xml")) {
      if (files.text(pom).contains("jmh-core")) {
        maven(files, proposal, pom);
      }
    }
    for (String script : files.matching(GRADLE)) {
      if (files.text(script).contains("me.champeau.jmh")) {
        gradle(files, proposal, script);
      }
    }
  }

  private static void maven(ProjectFiles files, Proposal proposal, String pom) {
    String maven = files.has("mvnw") ? "./mvnw" : "mvn";
    String folder = ProjectFiles.folderOf(pom);
    String module =
        folder.isEmpty() || !files.has("pom.xml")
            ? ""
            : " -pl " + ShellWord.ofPath(folder) + " -am";
    String file = module.isEmpty() && !folder.isEmpty() ? " -f " + ShellWord.ofPath(pom) : "";
    proposal.setup(maven + " -q -B" + file + module + " -DskipTests package");
    String results = ProjectFiles.beside(pom, "target/jmh-result.json");
    proposal.benchmark(
        "JMH in " + pom,
        folder.isEmpty() ? "jmh" : folder,
        "java -jar %s -rf json -rff %s"
            .formatted(
                ShellWord.ofPath(ProjectFiles.beside(pom, "target/benchmarks.jar")),
                ShellWord.ofPath(results)),
        Optional.of(results));
    if (!files.text(pom).contains("benchmarks")) {
      proposal.note(
          pom + " does not name target/benchmarks.jar: put its jar's name into the file.");
    }
  }

  private static void gradle(ProjectFiles files, Proposal proposal, String script) {
    String gradle = files.has("gradlew") ? "./gradlew" : "gradle";
    String folder = ProjectFiles.folderOf(script);
    String task = folder.isEmpty() ? "jmh" : ":" + folder.replace('/', ':') + ":jmh";
    String results = ProjectFiles.beside(script, "build/results/jmh/results.json");
    proposal.benchmark(
        "JMH in " + script,
        folder.isEmpty() ? "jmh" : folder,
        gradle + " -q --rerun-tasks " + ShellWord.of(task),
        Optional.of(results));
    if (!files.text(script).contains("resultFormat")) {
      proposal.note(script + " writes no JSON yet: add resultFormat = 'JSON' to its block 'jmh'.");
    }
  }
}
