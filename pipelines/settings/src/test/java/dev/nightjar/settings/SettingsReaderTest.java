package dev.nightjar.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quantity.Measuring;
import dev.nightjar.bench.quiet.QuietSettings;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.trust.SettingsText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @TempDir Path folder;

  private Settings read(String yaml, Map<String, String> environment) throws IOException {
    SettingsText text = new SettingsText(folder.resolve("nightjar.yaml"), yaml);
    return SettingsReader.read(folder, Optional.of(text), environment);
  }

  private Settings read(String yaml) throws IOException {
    return read(yaml, Map.of());
  }

  private String mistakeIn(String yaml) {
    return String.valueOf(assertThrows(Failure.Misuse.class, () -> read(yaml)).getMessage());
  }

  private static String originOf(Settings settings, String path) {
    return settings.resolved().stream()
        .filter(setting -> setting.path().equals(path))
        .findFirst()
        .orElseThrow()
        .origin();
  }

  @Test
  void everyKeyHasADefaultWithoutAFile() {
    Settings settings = SettingsReader.read(folder, Optional.empty(), Map.of());
    assertEquals(folder, settings.repository());
    assertEquals("embedded", settings.databaseUrl());
    assertEquals(List.of("memory"), settings.suites());
    assertEquals(0.99, settings.gate().confidence());
    assertEquals(0.05, settings.gate().smallestEffect());
    assertEquals(Duration.ofMillis(100), settings.telemetryInterval());
    assertEquals(folder.resolve("site"), settings.publish());
    assertTrue(
        settings.resolved().stream().allMatch(setting -> setting.origin().equals("default")));
  }

  @Test
  void benchmarksCanBePinnedByAListOfCpus() throws IOException {
    QuietSettings quiet = read("quiet: { boost: required, cpus: '1-3,8' }\n").quiet();
    assertEquals(QuietSettings.Boost.REQUIRED, quiet.boost());
    assertEquals(QuietSettings.Pinning.NAMED, quiet.pinning());
    assertEquals("{1, 2, 3, 8}", String.valueOf(quiet.cpus()));
    assertEquals(QuietSettings.Pinning.AUTO, read("").quiet().pinning());
    Failure.Misuse wrong = assertThrows(Failure.Misuse.class, () -> read("quiet:\n  cpus: some\n"));
    assertTrue(wrong.getMessage().contains("2: 'quiet.cpus' must be"), wrong.getMessage());
  }

  @Test
  void aCommandIsMeasuredByTheWordsThatAreSaid() throws IOException {
    String benchmark = "benchmarks: [ { name: a, command: x, measure: %s } ]\n";
    for (var one :
        Map.of(
                "time", List.of("time"),
                "[instructions, time]", List.of("instructions", "time"),
                "[time, size: build/a b]", List.of("time", "size: build/a b"),
                "{ size: a.jar }", List.of("size: a.jar"),
                "", List.of("time"))
            .entrySet()) {
      BenchmarkDefinition read = read(benchmark.formatted(one.getKey())).benchmarks().getFirst();
      assertEquals(one.getValue(), read.measures().stream().map(Measured::toString).toList());
    }
    BenchmarkDefinition counted =
        read(benchmark.formatted("[instructions]")).benchmarks().getFirst();
    assertEquals(Measuring.REPETITIONS, counted.repetitions().most());
    assertEquals(0.005, read("").gate().smallestCountEffect());
    assertEquals(
        0.002, read("gate: { smallest_count_effect: 0.2% }\n").gate().smallestCountEffect());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[instruction] | benchmarks[0].measure' knows time, instructions",
        "[instruction] | Did you mean 'instructions'?",
        "[[time]] | must be a list of words",
        "[size] | write 'size: PATH'",
        "[time: now] | measure' takes 'time' without anything behind it",
        "[size: ../other] | has a 'size' outside the repository",
        "[time, time] | names a metric twice",
      })
  void whatCannotBeMeasuredIsRefused(String measure, String complaint) {
    String text = "benchmarks: [ { name: a, command: x, measure: " + measure + " } ]\n";
    Failure.Misuse refused = assertThrows(Failure.Misuse.class, () -> read(text));
    assertTrue(String.valueOf(refused.getMessage()).contains(complaint), refused.getMessage());
  }

  @Test
  void anEmptyFileMeansTheDefaults() throws IOException {
    assertEquals(List.of("memory"), read("").suites());
    assertEquals(List.of("memory"), read("# nothing\n").suites());
  }

  @Test
  void theCommentedFileSaysTheDefaultsAndIsValidWithItsCommentsRemoved() throws IOException {
    Settings defaults = SettingsReader.read(folder, Optional.empty(), Map.of());
    assertEquals(defaults.suites(), read(SettingsFile.commented()).suites());
    String uncommented =
        SettingsFile.commented()
            .lines()
            .filter(line -> !line.matches("# \\S.*"))
            .map(line -> line.replaceFirst("^#", ""))
            .reduce("", (text, line) -> text + line + "\n");
    Settings settings = read(uncommented);
    assertEquals(defaults.gate(), settings.gate());
    assertEquals("parser", settings.benchmarks().getFirst().name());
  }

  @Test
  void anUnknownKeyNamesTheNearestKnownOne() {
    assertTrue(
        mistakeIn("benchmark: []\n")
            .contains("line 1: unknown key 'benchmark'; did you mean 'benchmarks'?"));
    assertTrue(
        mistakeIn("gate:\n  confidance: 0.9\n")
            .contains("line 2: unknown key 'gate.confidance'; did you mean 'confidence'?"));
    assertTrue(
        mistakeIn("zzzzqqqq: 1\n").contains("known here are: repository, identity, database"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gate: 3|'gate' must be a mapping, not '3'",
        "gate: {confidence: high}|'gate.confidence' must be a number between 0 and 1, exclusive,"
            + " not 'high'",
        "gate: {confidence: 1}|not '1'",
        "gate: {smallest_effect: -2%}|'gate.smallest_effect' must be a share such as 2% or 0.02,"
            + " not '-2%'",
        "gate: {on_missing: ignore}|'gate.on_missing' knows fail, pass, not 'ignore'",
        "suites: [memroy]|Did you mean 'memory'?",
        "suites: {memory: 1}|'suites' must be a list of words, not a mapping",
        "benchmarks: fast|'benchmarks' must be a list of mappings, not 'fast'",
        "benchmarks: [{name: a}]|'benchmarks[0].command' is missing",
        "benchmarks: [{name: a, command: b, timeout: soon}]|must be a duration such as 500ms, 30s,"
            + " 5m or 2h, not 'soon'",
        "benchmarks: [{name: a, command: b, repetitions: -1}]|must be a whole number of at least 0,"
            + " not '-1'",
        "telemetry: {interval: 1ms}|must lie between 10ms and 1m",
        "publish: [a]|'publish' must be a path, not a list",
        "publish_url: 'javascript:alert(1)'|which is no address of a folder on the web",
        "publish_url: ci.example.org|which is no address of a folder on the web",
        "publish_url: 'https://me:word@ci.example.org/'|which is no address of a folder",
        "publish_url: 'https://ci.example.org/?a=b'|which is no address of a folder",
        "schedule: { cron: '0 2 * * *' }|line 1: 'schedule' would do nothing, as this version"
            + " starts no run by itself",
        "research: { questions: [why?] }|line 1: 'research' would do nothing, as this version"
            + " answers no questions",
        "research:|'research' would do nothing",
        "database: ${NOT_SET}|the variable NOT_SET is not set",
        "- a|must hold keys with values",
        "a: [b|this is not valid YAML",
        "suites: [memory]\\nsuites: [memory]|stands here a second time",
      })
  void aWrongValueIsNamedWithItsRemedy(String yaml, String complaint) {
    String mistake = mistakeIn(yaml.replace("\\n", "\n"));
    assertTrue(mistake.contains(complaint), mistake);
    assertTrue(mistake.contains("nightjar.yaml"), mistake);
  }

  @Test
  void theAddressOfTheSiteIsOfAFolder() throws IOException {
    assertEquals(Optional.empty(), read("publish: site/\n").publishUrl());
    assertEquals(
        Optional.of("https://ci.example.org/nightly/"),
        read("publish_url: https://ci.example.org/nightly\n").publishUrl());
  }

  @Test
  void theEnvironmentWinsOverTheFileAndPasswordsAreMasked() throws IOException {
    Settings settings =
        read(
            "database: embedded\n",
            Map.of("NIGHTJAR_DATABASE_URL", "postgresql://ada:secret@db:5432/night"));
    assertEquals("postgresql://ada:secret@db:5432/night", settings.databaseUrl());
    assertEquals("environment NIGHTJAR_DATABASE_URL", originOf(settings, "database"));
    assertFalse(settings.resolved().toString().contains("secret"), "a password is shown");
  }

  @Test
  void aPasswordInAParameterIsMaskedToo() throws IOException {
    Settings settings =
        read("database: jdbc:postgresql://db/night?user=ada&password=secret&ssl=true\n");
    assertFalse(settings.resolved().toString().contains("secret"), "a password is shown");
  }

  @Test
  void variablesAreSubstitutedWithTheirDefaults() throws IOException {
    assertEquals(folder.resolve("x/y"), read("publish: ${WHERE:x}/y\n").publish());
    assertEquals(
        folder.resolve("z/y"), read("publish: ${WHERE:x}/y\n", Map.of("WHERE", "z")).publish());
  }

  @Test
  void aValueKnowsItsLine() throws IOException {
    Settings settings = read("# one\ngate:\n  confidence: 0.95\n");
    assertEquals(folder.resolve("nightjar.yaml") + ":3", originOf(settings, "gate.confidence"));
  }

  @Test
  void theSameNameTwiceIsRefused() {
    assertTrue(
        mistakeIn("benchmarks: [{name: a, command: b}, {name: a, command: c}]")
            .contains("a benchmark named 'a' stands here a second time"));
  }

  @ParameterizedTest
  @CsvSource({
    "on, true", "ON, true", "yes, true", "Yes, true", "true, true", "TRUE, true",
    "off, false", "OFF, false", "no, false", "No, false", "false, false", "False, false"
  })
  void yamlHasSeveralWordsForOnAndOff(String word, boolean isOn) throws IOException {
    assertEquals(isOn, read("live: " + word + "\n").isLive());
    if (!isOn) {
      assertEquals(
          QuietSettings.Boost.OFF, read("quiet: { boost: " + word + " }\n").quiet().boost());
    }
  }

  @Test
  void whereThereIsNoOnItIsRefusedAsItWasWritten() {
    assertTrue(mistakeIn("quiet: { boost: yes }\n").contains("not 'yes'"));
    assertTrue(mistakeIn("live: maybe\n").contains("knows on, off, not 'maybe'"));
    assertTrue(mistakeIn("gate: { on_missing: no }\n").contains("not 'no'"));
  }
}
