package dev.nightjar.jobs.settings;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.gate.BenchmarkRule;
import dev.nightjar.gate.Consequence;
import dev.nightjar.gate.GatePolicy;
import dev.nightjar.model.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@code nightjar.yaml}, completes it with the environment and the defaults, and checks it.
 */
public final class SettingsReader {
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  private SettingsReader() {}

  /**
   * The settings in force.
   *
   * @param folder what paths are relative to
   * @param file the file; without one every key has its default
   * @param environment the variables that may override it and that <code>${NAME}</code> stands for
   * @throws Failure.Misuse for the first mistake, with its line and the remedy
   */
  public static Settings read(Path folder, Optional<Path> file, Map<String, String> environment) {
    SettingNode.Mapping node =
        file.map(YamlReader::read).orElse(new SettingNode.Mapping(1, Map.of()));
    String fileName = file.map(Path::toString).orElse("nightjar.yaml");
    List<ResolvedSetting> resolved = new ArrayList<>();
    Section root =
        new Section(
            new Section.Source(fileName, environment, resolved), SettingsSchema.ROOT, "", node);
    Path repository = folder.resolve(root.path("repository")).normalize();
    String database = root.text("database");
    String redis = root.text("redis");
    List<BenchmarkDefinition> benchmarks = benchmarks(root);
    List<String> suites = root.choices("suites");
    Duration interval = telemetryInterval(root.section("telemetry"));
    Section gate = root.section("gate");
    GatePolicy policy =
        new GatePolicy(
            gate.probability("confidence"),
            gate.share("smallest_effect"),
            Consequence.of(gate.choice("on_inconclusive")),
            Consequence.of(gate.choice("on_missing")),
            rules());
    String baseline = gate.choice("baseline");
    Section research = root.section("research");
    List<String> questions = research.texts("questions");
    List<String> corpora = research.texts("corpora");
    Path publish = folder.resolve(root.path("publish")).normalize();
    Section schedule = root.section("schedule");
    return new Settings(
        repository,
        database,
        redis,
        benchmarks,
        suites,
        interval,
        policy,
        baseline,
        questions,
        corpora,
        publish,
        new Settings.Schedule(
            schedule.text("cron"), schedule.text("timezone"), schedule.choice("on_misfire")),
        List.copyOf(resolved));
  }

  private static SortedMap<String, BenchmarkRule> rules() {
    return new TreeMap<>();
  }

  private static Duration telemetryInterval(Section telemetry) {
    Duration interval = telemetry.duration("interval");
    if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw telemetry.misuse("interval", "'telemetry.interval' must lie between 10ms and 1m.");
    }
    return interval;
  }

  private static List<BenchmarkDefinition> benchmarks(Section root) {
    List<BenchmarkDefinition> benchmarks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : root.sections("benchmarks")) {
      BenchmarkDefinition benchmark = BenchmarkSection.definition(section);
      if (!names.add(benchmark.name())) {
        throw section.misuse(
            "name",
            "a benchmark named '"
                + benchmark.name()
                + "' stands here a second time: names must differ.");
      }
      benchmarks.add(benchmark);
    }
    return List.copyOf(benchmarks);
  }
}
