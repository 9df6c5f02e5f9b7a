package dev.nightjar.settings;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.quiet.QuietSettings;
import dev.nightjar.bench.quiet.QuietSettings.Boost;
import dev.nightjar.bench.quiet.QuietSettings.Pinning;
import dev.nightjar.gate.decision.BenchmarkRule;
import dev.nightjar.gate.decision.Consequence;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.bpf.BpfProgram;
import dev.nightjar.kernel.proc.CpuList;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.trust.SettingsText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * @param file what the file says; without one every key has its default
   * @param environment the variables that may override it and that <code>${NAME}</code> stands for
   * @throws Failure.Misuse for the first mistake, with its line and the remedy
   */
  public static Settings read(
      Path folder, Optional<SettingsText> file, Map<String, String> environment) {
    SettingNode.Mapping node =
        file.map(YamlReader::read).orElse(new SettingNode.Mapping(1, Map.of()));
    String fileName = file.map(SettingsText::file).map(Path::toString).orElse("nightjar.yaml");
    Variables variables = new Variables(environment);
    List<ResolvedSetting> resolved = new ArrayList<>();
    Section root =
        new Section(
            new Section.Source(fileName, variables, variables.redaction(node), resolved),
            SettingsSchema.ROOT,
            "",
            node);
    Path repository = folder.resolve(root.path("repository")).normalize();
    Optional<String> identity = root.optionalText("identity");
    String database = root.text("database");
    String redis = root.text("redis");
    boolean isLive = root.choice("live").equals("on");
    List<BenchmarkDefinition> benchmarks = benchmarks(root);
    Optional<ShellLine> setup =
        root.optionalText("setup").map(line -> new ShellLine(line, root.redaction()));
    List<String> suites = root.choices("suites");
    Section telemetry = root.section("telemetry");
    Duration interval = telemetryInterval(telemetry);
    BpfOptions bpf = bpf(folder, telemetry);
    QuietSettings quiet = quiet(root.section("quiet"));
    Section gate = root.section("gate");
    GatePolicy policy = policy(gate);
    Duration budget = gate.duration("budget");
    String baseline = gate.choice("baseline");
    ProfileWhen profile = ProfileWhen.of(gate.choice("profile"));
    List<String> inventory = gate.texts("inventory");
    Path acknowledgements = folder.resolve(gate.path("acknowledgements")).normalize();
    Path publish = folder.resolve(root.path("publish")).normalize();
    Optional<String> publishUrl = root.optionalText("publish_url").map(SettingsReader::siteUrl);
    boolean pseudonyms = root.choice("authors").equals("pseudonyms");
    return new Settings(
        repository,
        identity,
        database,
        redis,
        isLive,
        benchmarks,
        setup,
        suites,
        interval,
        bpf,
        quiet,
        policy,
        budget,
        baseline,
        profile,
        inventory,
        acknowledgements,
        publish,
        publishUrl,
        pseudonyms,
        List.copyOf(resolved));
  }

  /** Browsers open what stands in a feed, so nothing but pages of the web may. */
  private static String siteUrl(String text) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme();
      if (url.getHost() != null
          && ("https".equals(scheme) || "http".equals(scheme))
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null) {
        return text.endsWith("/") ? text : text + "/";
      }
    } catch (URISyntaxException _) {
      // said below
    }
    throw new Failure.Misuse(
        "'publish_url' in nightjar.yaml is '"
            + text
            + "', which is no address of a folder on the web: give one such"
            + " as https://ci.example.org/nightly/.");
  }

  private static GatePolicy policy(Section gate) {
    return new GatePolicy(
        gate.probability("confidence"),
        gate.share("smallest_effect"),
        gate.share("smallest_count_effect"),
        Consequence.of(gate.choice("on_inconclusive")),
        Consequence.of(gate.choice("on_missing")),
        Consequence.of(gate.choice("on_uncompared")),
        onOpen(gate.choice("on_open")),
        Consequence.of(gate.choice("on_drift")),
        rules(gate));
  }

  private static @Nullable Consequence onOpen(String word) {
    return word.equals("auto") ? null : Consequence.of(word);
  }

  private static List<BenchmarkRule> rules(Section gate) {
    List<BenchmarkRule> rules = new ArrayList<>();
    for (Section rule : gate.sections("rules")) {
      OptionalDouble effect = rule.optionalShare("smallest_effect");
      rules.add(
          new BenchmarkRule(
              rule.text("benchmark"),
              rule.optionalText("metric").orElse(null),
              effect.isPresent() ? effect.getAsDouble() : null,
              rule.optionalChoice("direction").map(Direction::of).orElse(null),
              rule.optionalChoice("on_inconclusive").map(Consequence::of).orElse(null),
              rule.optionalChoice("on_missing").map(Consequence::of).orElse(null)));
    }
    return rules;
  }

  private static BpfOptions bpf(Path folder, Section telemetry) {
    return new BpfOptions(
        telemetry.choices("bpf").stream().flatMap(word -> BpfProgram.of(word).stream()).toList(),
        telemetry.optionalText("inference_library").map(folder::resolve),
        telemetry.text("inference_launch"),
        telemetry.text("inference_wait"));
  }

  private static QuietSettings quiet(Section quiet) {
    Boost boost = Boost.valueOf(quiet.choice("boost").toUpperCase(Locale.ROOT));
    String cpus = quiet.text("cpus");
    return switch (cpus) {
      case "auto" -> new QuietSettings(boost, Pinning.AUTO, null);
      case "all" -> new QuietSettings(boost, Pinning.ALL, null);
      default ->
          new QuietSettings(
              boost,
              Pinning.NAMED,
              CpuList.parse(cpus)
                  .orElseThrow(() ->
                      quiet.misuse(
                          "cpus",
                          "'quiet.cpus' must be auto, all, or a list such as 2-5,8, unlike '"
                              + cpus
                              + "'.")));
    };
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
