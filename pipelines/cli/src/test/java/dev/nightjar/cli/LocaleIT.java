package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole way from a benchmark to every file that is written, on a machine of another language.
 */
class LocaleIT {
  private static final String SETTINGS =
      """
      benchmarks:
        - { name: INDIVIDUAL, command: "true", warmups: 0, repetitions: 3 }
      suites: []
      """;

  /** Digits of Arabic, and what Turkish makes of i and I. */
  private static final Pattern FOREIGN = Pattern.compile("[\u0660-\u0669\u0130\u0131]");

  @TempDir private Path folder;

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home()))).stop(true);
  }

  private Path home() {
    return folder.resolve("home");
  }

  @ParameterizedTest
  @CsvSource({"ar, EG", "tr, TR"})
  void everyFileIsWrittenAsEverywhere(String language, String country) throws Exception {
    Path project = GitFixture.linear(folder.resolve("project"), 12, 7);
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    Path out = folder.resolve("out");
    Map<String, String> environment =
        Map.of("JDK_JAVA_OPTIONS", "-Duser.language=" + language + " -Duser.country=" + country);

    NightjarProcess.Ended ended =
        NightjarProcess.start(
                home(),
                project,
                environment,
                "run",
                "--junit",
                out.resolve("gate.xml").toString(),
                "--sarif",
                out.resolve("gate.sarif").toString(),
                "--markdown",
                out.resolve("gate.md").toString(),
                "--json-file",
                out.resolve("gate.json").toString(),
                "--history",
                out.resolve("runs").toString())
            .await();

    assertEquals(ExitCode.DONE, ended.exitCode(), ended.err());
    assertFalse(FOREIGN.matcher(ended.out() + ended.err()).find(), ended.out() + ended.err());
    List<Path> files = files(out, project.resolve("site"));
    assertTrue(files.size() > 10, "fewer files than a run writes: " + files);
    for (Path file : files) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      assertFalse(FOREIGN.matcher(text).find(), file + " holds letters of " + language);
    }
  }

  private static List<Path> files(Path... folders) throws IOException {
    List<Path> files = new java.util.ArrayList<>();
    for (Path each : folders) {
      try (Stream<Path> all = Files.walk(each)) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }
}
