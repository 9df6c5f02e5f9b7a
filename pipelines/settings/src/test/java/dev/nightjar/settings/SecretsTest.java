package dev.nightjar.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.settings.trust.SettingsText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a variable of the environment stands for is used, and told nowhere. */
class SecretsTest {
  private static final String SECRET = "ghp_0123456789abcdef";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", SECRET, "NIGHTJAR_PASSWORD", SECRET, "PLACE", "out");

  @TempDir private Path folder;

  private Settings read(String yaml) {
    return read(yaml, ENVIRONMENT);
  }

  private Settings read(String yaml, Map<String, String> environment) {
    SettingsText text = new SettingsText(folder.resolve("nightjar.yaml"), yaml);
    return SettingsReader.read(folder, Optional.of(text), environment);
  }

  private static String shown(Settings settings, String path) {
    return settings.resolved().stream()
        .filter(setting -> setting.path().equals(path))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void commandsAreShownAsTheyAreWrittenAndRunAsTheyAreMeant() {
    Settings settings =
        read(
            """
            setup: fetch ${TOKEN}
            publish: ${PLACE}/site
            benchmarks:
              - name: a
                command: curl -H ${TOKEN}
                setup: login ${TOKEN}
                environment: { HEADER: "Bearer ${TOKEN}", API_KEY: in-the-file }
            """);

    assertEquals("fetch ${TOKEN}", shown(settings, "setup"));
    assertEquals("curl -H ${TOKEN}", shown(settings, "benchmarks[0].command"));
    assertEquals("login ${TOKEN}", shown(settings, "benchmarks[0].setup"));
    assertEquals("out/site", shown(settings, "publish"));
    assertFalse(settings.toString().contains(SECRET), settings.toString());
    assertFalse(settings.toString().contains("in-the-file"), settings.toString());
    BenchmarkDefinition benchmark = settings.benchmarks().getFirst();
    assertTrue(benchmark.command().getLast().endsWith(SECRET));
    assertEquals("Bearer " + SECRET, benchmark.environment().get("HEADER"));
    assertTrue(settings.setup().orElseThrow().text().endsWith(SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity: x-${TOKEN}",
        "database: postgresql://ada:${NIGHTJAR_PASSWORD}@db/night",
        "database: postgresql://${NIGHTJAR_PASSWORD}@db/night",
        "gate: { inventory: ['${TOKEN}*'] }",
        "benchmarks: [{ name: 'a ${TOKEN}', command: b }]",
      })
  void noOtherKeyShowsASecretEither(String yaml) {
    assertFalse(read(yaml).resolved().toString().contains(SECRET), yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gate: { confidence: '${TOKEN}' }",
        "suites: ['${TOKEN}']",
        "benchmarks: [{ name: a, command: b, timeout: '${TOKEN}' }]",
        "benchmarks: [{ name: a, command: b, folder: '../${TOKEN}' }]",
        "benchmarks: [{ name: a, command: b, metrics: [{ name: m, pattern: '(${TOKEN}' }] }]",
      })
  void aComplaintShowsNone(String yaml) {
    String complaint =
        String.valueOf(assertThrows(Failure.Misuse.class, () -> read(yaml)).getMessage());

    assertTrue(complaint.contains("${TOKEN}"), complaint);
    assertFalse(complaint.contains(SECRET), complaint);
  }

  @Test
  void aServersAddressTakesNoOtherVariable() {
    assertEquals(
        "postgresql://ada:" + SECRET + "@db/night",
        read("database: postgresql://ada:${NIGHTJAR_PASSWORD}@db/night").databaseUrl());
    for (String key : List.of("database", "redis")) {
      String complaint =
          String.valueOf(
              assertThrows(
                      Failure.Misuse.class,
                      () -> read("%s: redis://${TOKEN}@evil.example".formatted(key)))
                  .getMessage());
      assertTrue(complaint.contains("name it in NIGHTJAR_VARIABLES"), complaint);
    }
    assertEquals(
        "redis://:t@host",
        read(
                "redis: redis://:${TOKEN}@host",
                Map.of("TOKEN", "t", "NIGHTJAR_VARIABLES", "OTHER, TOKEN"))
            .redisUrl());
  }

  @Test
  void aFailingCommandsTraceShowsNone() throws InterruptedException {
    BenchmarkDefinition benchmark =
        read("""
        benchmarks:
          - name: a
            command: echo refused ${TOKEN} >&2; exit 3
            warmups: 0
            repetitions: 1
        """)
            .benchmarks()
            .getFirst();
    List<String> told = new ArrayList<>();

    BenchmarkOutcome outcome = BenchmarkRunner.run(benchmark, folder, toldTo(told));

    assertEquals("refused ${TOKEN}", outcome.outputTail().strip());
    assertFalse((outcome + told.toString()).contains(SECRET), outcome.toString());
  }

  private static RunObserver toldTo(List<String> told) {
    return new RunObserver() {
      @Override
      public void repetitionDone(int repetition, List<Sample> samples) {
        told.add(samples.toString());
      }

      @Override
      public void skipped(Skip skip) {
        told.add(skip.toString());
      }
    };
  }
}
