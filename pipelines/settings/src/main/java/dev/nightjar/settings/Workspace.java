package dev.nightjar.settings;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.trust.Place;
import dev.nightjar.settings.trust.SettingsText;
import dev.nightjar.settings.trust.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a command works: the folder that paths in the settings are relative to, and the settings in
 * force.
 *
 * @param folder the settings file's folder, or the top of the repository where there is no file
 * @param settings what is in force
 */
public record Workspace(Path folder, Settings settings) {

  /**
   * The workspace that a folder belongs to, as {@link Place#find} says, once it may be believed.
   *
   * @param start a folder in the repository; links are followed
   * @param file the settings file, where the person named one
   * @throws Failure.Misuse when the file has a mistake, or file or repository are another user's
   *     and not trusted
   */
  public static Workspace find(Path start, Optional<Path> file, Map<String, String> environment) {
    Place place = Place.find(start, file);
    Trust trust = Trust.of(environment);
    Optional<SettingsText> text = trust.read(place);
    Settings settings = SettingsReader.read(place.folder(), text, environment);
    trust.requireRepository(place, text, settings.repository());
    return new Workspace(place.folder(), settings);
  }

  /** The names of the commands that it would have run, for people. */
  public List<String> commands() {
    return Stream.concat(
            settings.benchmarks().stream().map(BenchmarkDefinition::name),
            settings.setup().stream().map(_ -> "setup"))
        .toList();
  }
}
