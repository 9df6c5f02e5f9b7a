package dev.nightjar.settings.proposal;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scripts of package.json that are called benchmarks. */
final class NpmFinder implements BenchmarkFinder {
  private static final Pattern NAME =
      Pattern.compile("(bench|benchmarks?|perf)([:.-][\\w:.-]{1,100})?");

  @Override
  public void find(ProjectFiles files, Proposal proposal) {
    for (String manifest : files.named("package.json")) {
      String folder = ProjectFiles.folderOf(manifest);
      String at = folder.isEmpty() ? "" : " --prefix " + ShellWord.ofPath(folder);
      boolean hasLock = files.has(ProjectFiles.beside(manifest, "package-lock.json"));
      for (String script : scripts(files.text(manifest)).propertyNames()) {
        if (NAME.matcher(script).matches()) {
          proposal.setup((hasLock ? "npm ci --silent" : "npm install --silent") + at);
          proposal.benchmark(
              "the script '" + script + "' of " + manifest,
              folder.isEmpty() ? script : folder + "-" + script,
              "npm run --silent" + at + " " + ShellWord.of(script),
              Optional.empty());
        }
      }
    }
  }

  private static JsonNode scripts(String manifest) {
    try {
      return JsonMapper.shared().readTree(manifest.isBlank() ? "{}" : manifest).path("scripts");
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode(); // npm would not read it either
    }
  }
}
