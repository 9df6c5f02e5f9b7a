package dev.nightjar.settings;

import dev.nightjar.model.Failure;
import dev.nightjar.settings.trust.SettingsText;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which benchmarks another version's settings name, without putting those settings in force. */
public final class BenchmarkNames {
  private BenchmarkNames() {}

  /** Those in a {@code nightjar.yaml}; empty when there is none that can be read. */
  public static Optional<Set<String>> in(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      Set<String> names = new HashSet<>();
      if (of(YamlReader.read(SettingsText.of(file)), "benchmarks")
          instanceof SettingNode.Sequence benchmarks) {
        for (SettingNode benchmark : benchmarks.entries()) {
          if (benchmark instanceof SettingNode.Mapping mapping
              && of(mapping, "name") instanceof SettingNode.Scalar name) {
            names.add(name.text());
          }
        }
      }
      return Optional.of(names);
    } catch (Failure.Misuse e) {
      return Optional.empty(); // its own version would have refused it too
    }
  }

  private static SettingNode of(SettingNode.Mapping mapping, String key) {
    SettingNode.Entry entry = mapping.entries().get(key);
    return entry == null ? new SettingNode.Empty(mapping.line()) : entry.value();
  }
}
