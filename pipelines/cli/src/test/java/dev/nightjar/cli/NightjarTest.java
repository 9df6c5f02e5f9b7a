package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as far as it needs no store. */
class NightjarTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void emptyHome() throws IOException {
    environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
    Files.createDirectories(folder.resolve("project/.git"));
  }

  private int run(String... args) {
    return runOn("", args);
  }

  private int runOn(String input, String... args) {
    out.reset();
    err.reset();
    return new Nightjar(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            environment,
            folder.resolve("project"))
        .run(args);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db status --force",
        "db start --replay",
        "db stop --repo .",
        "db restart --config nightjar.yaml",
        "completion bash --repo .",
        "changepoints --config nightjar.yaml -",
        "completion bash --json",
        "init --json",
        "help --json"
      })
  void anOptionThatWouldDoNothingIsRefused(String line) {
    assertEquals(ExitCode.USAGE, run(line.split(" ")), err());
    assertTrue(err().contains(line.replaceFirst(".* (--\\w+).*", "$1")), err());
  }

  @Test
  void helpListsEveryCommandAndTheExitCodes() {
    assertEquals(ExitCode.DONE, run("--help"));
    for (Command command : Commands.all()) {
      assertTrue(out().contains("  " + command.name() + " "), command.name());
    }
    assertTrue(out().contains("3 no verdict"));
  }

  @Test
  void everyCommandHasHelpWithExamples() {
    for (Command command : Commands.all()) {
      assertEquals(ExitCode.DONE, run(command.name(), "--help"));
      assertTrue(out().startsWith("Usage: nightjar " + command.name()), out());
      assertTrue(out().contains("Examples:"), command.name());
      assertTrue(command.summary().endsWith("."), command.summary());
      String option = " {2}--[a-z-]+( [A-Z]+(\\.{3})?)?( {2,}.*)?";
      out()
          .lines()
          .filter(line -> line.startsWith("  --"))
          .forEach(line -> assertTrue(line.matches(option), line));
    }
  }

  @Test
  void anUnknownCommandNamesTheNearest() {
    assertEquals(ExitCode.USAGE, run("qurey"));
    assertEquals("nightjar: 'qurey' is no command. Did you mean 'query'?\n", err());
    assertEquals("", out());
  }

  @Test
  void anUnknownOptionNamesTheNearest() {
    assertEquals(ExitCode.USAGE, run("config", "--jsno"));
    assertEquals("nightjar: 'config' has no option '--jsno'; did you mean '--json'?\n", err());
  }

  @Test
  void anOptionWithoutItsValueIsNamed() {
    assertEquals(ExitCode.USAGE, run("config", "--repo"));
    assertTrue(err().startsWith("nightjar: --repo needs a value"), err());
  }

  @Test
  void anOperandTooManyIsNamed() {
    assertEquals(ExitCode.USAGE, run("config", "extra"));
    assertTrue(err().contains("'config' takes no operand, but got 'extra'"), err());
  }

  @Test
  void aMissingRepositoryFolderIsNamed() {
    assertEquals(ExitCode.USAGE, run("config", "--repo", "nowhere"));
    assertTrue(err().contains("There is no folder " + folder.resolve("project/nowhere")), err());
  }

  @Test
  void controlCharactersOfAnInputAreShownNotSent() {
    assertEquals(ExitCode.USAGE, run("\u001b[2Jboom"));
    assertTrue(err().contains("\\u001b[2Jboom"), err());
  }

  @Test
  void initWritesAFileThatConfigReadsAndKeepsOneThatIsThere() throws IOException {
    assertEquals(ExitCode.DONE, run("init"));
    Path file = folder.resolve("project/nightjar.yaml");
    String written = Files.readString(file);
    assertEquals(ExitCode.DONE, run("config"), err());
    assertTrue(out().contains("gate.confidence"), out());
    Files.writeString(file, "suites: []\n");
    assertEquals(ExitCode.USAGE, run("init"));
    assertEquals("suites: []\n", Files.readString(file));
    assertTrue(written.contains("#suites: [memory]"), written);
  }

  @Test
  void configTellsWhereAValueComesFromAndMasksSecrets() throws IOException {
    Files.writeString(folder.resolve("project/nightjar.yaml"), "gate:\n  confidence: 0.95\n");
    environment.put("NIGHTJAR_DATABASE_URL", "postgresql://ada:s3cret@127.0.0.1:5432/night");
    assertEquals(ExitCode.DONE, run("config"));
    assertTrue(out().matches("(?s).*gate.confidence +0.95 +\\S*nightjar.yaml:2\n.*"), out());
    assertTrue(out().contains("postgresql://ada:****@127.0.0.1:5432/night"), out());
    assertTrue(out().contains("environment NIGHTJAR_DATABASE_URL"), out());
    assertTrue(!out().contains("s3cret"), "a password is shown");
  }

  @Test
  void settingsAreFoundFromAFolderBelow() throws IOException {
    Files.writeString(folder.resolve("project/nightjar.yaml"), "suites: []\n");
    Files.createDirectories(folder.resolve("project/deep/down"));
    assertEquals(ExitCode.DONE, run("config", "--repo", "deep/down"));
    assertTrue(out().matches("(?s).*suites +\\[] +\\S*nightjar.yaml:1\n.*"), out());
  }

  @Test
  void aCommentIsNoOption() {
    assertEquals(ExitCode.USAGE, run("query", "--csv", "-- why\ndelete from samples", "--json"));
    assertTrue(err().contains("exclude each other"), err());
    assertEquals(ExitCode.USAGE, run("query", "--raw", "-- why"));
    assertTrue(err().contains("--raw is about --csv"), err());
  }

  @Test
  void anOutputThatIsCutShortIsNoSuccess() {
    for (String reason : new String[] {"No space left on device", "Broken pipe"}) {
      err.reset();
      Delivery delivery = new Delivery(refusing(reason));
      new PrintStream(delivery, true, UTF_8).println("half of it");
      PrintStream said = new PrintStream(err, true, UTF_8);
      boolean isReaderGone = reason.equals("Broken pipe");
      assertEquals(
          isReaderGone ? ExitCode.DONE : ExitCode.ENVIRONMENT,
          delivery.exitCode(ExitCode.DONE, said));
      assertEquals(ExitCode.FINDINGS, delivery.exitCode(ExitCode.FINDINGS, said));
      assertEquals(isReaderGone, err().isEmpty(), err());
    }
  }

  private static OutputStream refusing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @Test
  void completionKnowsEveryCommand() {
    for (String shell : new String[] {"bash", "zsh", "fish"}) {
      assertEquals(ExitCode.DONE, run("completion", shell));
      Commands.all().forEach(command -> assertTrue(out().contains(command.name()), command.name()));
    }
    assertEquals(ExitCode.USAGE, run("completion", "tcsh"));
  }

  @Test
  void aSchemaForEditorsIsPrinted() {
    assertEquals(ExitCode.DONE, run("init", "--schema"));
    assertTrue(out().contains("\"additionalProperties\" : false"), out());
  }

  @Test
  void doctorNamesServersThatDoNotAnswerWithoutTheirPasswords() {
    environment.put("NIGHTJAR_DATABASE_URL", "postgresql://ada:s3cret@127.0.0.1:1/night");
    environment.put("NIGHTJAR_REDIS_URL", "redis://:s3cret@127.0.0.1:1");
    assertEquals(ExitCode.FINDINGS, run("doctor"));
    assertTrue(out().contains("problem  PostgreSQL"), out());
    assertTrue(out().contains("→ check NIGHTJAR_DATABASE_URL and the server"), out());
    assertTrue(out().contains("problem  Redis"), out());
    assertTrue(out().contains("→ check NIGHTJAR_REDIS_URL and the server"), out());
    assertFalse(out().contains("s3cret"), out());
  }

  /** Who wants the stores stopped may be about to mend the file. */
  @Test
  void theEmbeddedStoresStopWhateverTheSettingsSay() throws IOException {
    Files.writeString(folder.resolve("project/nightjar.yaml"), "benchmarks: 5\n");
    assertEquals(ExitCode.DONE, run("db", "stop"), err());
    assertTrue(out().contains("stopped"), out());
    assertEquals(ExitCode.USAGE, run("db", "status"), out());
  }

  @Test
  void changePointsAreReadFromAFileOrFromAPipe() throws IOException {
    String series = "{\"series\":[1,1,null,1,1,1,1,2,2,2,2,2,2]}";
    Files.writeString(folder.resolve("project/series.json"), series);
    String expected =
        "\\{\"change_points\":\\[\\{\"index\":7,\"kind\":\"step\",\"confidence\":0\\.99\\d*,\"before\":1\\.0,\"after\":2\\.0}]}\n";
    assertEquals(ExitCode.DONE, run("changepoints", "series.json"), err());
    assertTrue(out().matches(expected), out());
    assertEquals(ExitCode.DONE, runOn(series, "changepoints", "-"), err());
    assertTrue(out().matches(expected), out());
  }

  @Test
  void aSeriesWithoutChangesHasNone() {
    for (String series :
        new String[] {"", "5", "5,5", "null,null", "3,3,3,3,3,3,3,3,3,3", "1e308,-1e308"}) {
      assertEquals(
          ExitCode.DONE, runOn("{\"series\":[" + series + "]}", "changepoints", "-"), err());
      assertEquals("{\"change_points\":[]}\n", out(), series);
    }
  }

  @Test
  void aHugeStepHasFiniteLevels() {
    String low = "-1.7e308,".repeat(10);
    assertEquals(
        ExitCode.DONE,
        runOn("{\"series\":[" + low + "1.7e308,".repeat(10) + "1.7e308]}", "changepoints", "-"),
        err());
    assertTrue(out().contains("\"before\":-1.7E308,\"after\":1.7E308"), out());
  }

  @Test
  void whatIsNoSeriesIsNamed() {
    assertEquals(ExitCode.USAGE, run("changepoints"));
    assertTrue(err().contains("changepoints takes one file"), err());
    assertEquals(ExitCode.USAGE, run("changepoints", "nowhere.json"));
    assertTrue(err().contains("nowhere.json cannot be read"), err());
    assertEquals(ExitCode.USAGE, runOn("{\"series\":[1,", "changepoints", "-"));
    assertTrue(err().contains("Standard input is no JSON: line 1"), err());
    assertEquals(ExitCode.USAGE, runOn("[1,2]", "changepoints", "-"));
    assertTrue(err().contains("holds no series"), err());
    assertEquals(ExitCode.USAGE, runOn("{\"series\":[1,\"2\"]}", "changepoints", "-"));
    assertTrue(err().contains("series[1] is neither null nor a number"), err());
    assertEquals(ExitCode.USAGE, runOn("{\"series\":[1e999]}", "changepoints", "-"));
    assertTrue(err().contains("series[0]"), err());
  }
}
