package dev.nightjar.settings.proposal;

import dev.nightjar.settings.SettingsFile;
import tools.jackson.databind.json.JsonMapper;

/** A proposal as the text of {@code nightjar.yaml}. */
public final class ProposedFile {
  private ProposedFile() {}

  /** The whole file: what is proposed stands first, all other keys in comments behind it. */
  public static String text(Proposal proposal) {
    StringBuilder text = new StringBuilder();
    proposal
        .setup()
        .ifPresent(command ->
            text.append("# Builds the commit before it is measured.\nsetup: ")
                .append(quoted(command))
                .append("\n\n"));
    if (!proposal.isEmpty()) {
      text.append("benchmarks:\n");
      proposal.benchmarks().forEach(one -> write(one, text));
      text.append("\n# What the host itself can do is measured with [memory].\nsuites: []\n\n");
    }
    return SettingsFile.commented(text.toString());
  }

  private static void write(Proposal.Entry one, StringBuilder text) {
    text.append("  # ").append(one.reason()).append('\n');
    text.append("  - name: ").append(quoted(one.name())).append('\n');
    text.append("    command: ").append(quoted(one.command())).append('\n');
    one.results()
        .ifPresent(results -> text.append("    results: ").append(quoted(results)).append('\n'));
  }

  /** JSON's strings are YAML's too. */
  private static String quoted(String value) {
    return JsonMapper.shared().writeValueAsString(value);
  }
}
