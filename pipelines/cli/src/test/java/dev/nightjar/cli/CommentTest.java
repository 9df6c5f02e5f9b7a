package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code nightjar comment} against a server that answers as GitHub and GitLab do. */
class CommentTest {
  @TempDir Path folder;

  private ForgeServer server;

  @BeforeEach
  void startTheServer() throws IOException {
    server = new ForgeServer();
  }

  @AfterEach
  void stopTheServer() {
    server.close();
  }

  private Map<String, String> variables(String kind) {
    Map<String, String> variables = new HashMap<>();
    switch (kind) {
      case "github" -> {
        variables.put("GITHUB_API_URL", server.address());
        variables.put("GITHUB_REPOSITORY", "o/r");
        variables.put("GITHUB_REF", "refs/pull/7/merge");
        variables.put("GITHUB_TOKEN", ForgeServer.TOKEN);
        variables.put("GITHUB_JOB", "bench");
        variables.put("GITHUB_SERVER_URL", "https://git.example");
        variables.put("GITHUB_RUN_ID", "99");
      }
      case "jenkins" -> {
        variables.put("GITHUB_API_URL", server.address());
        variables.put("CHANGE_URL", "https://github.com/o/r/pull/7");
        variables.put("GITHUB_TOKEN", ForgeServer.TOKEN);
        variables.put("JOB_NAME", "bench");
      }
      default -> {
        variables.put("CI_API_V4_URL", server.address() + "/");
        variables.put("CI_PROJECT_ID", "5");
        variables.put("CI_MERGE_REQUEST_IID", "7");
        variables.put("NIGHTJAR_GITLAB_TOKEN", ForgeServer.TOKEN);
        variables.put("CI_JOB_NAME", "bench");
      }
    }
    return variables;
  }

  private CommandLineFixture.Ended comment(
      Map<String, String> variables, String text, String... more) throws IOException {
    Files.writeString(folder.resolve("gate.md"), text);
    CommandLineFixture nightjar = new CommandLineFixture(folder.resolve("home"), folder);
    variables.forEach(nightjar::with);
    String[] arguments = new String[2 + more.length];
    arguments[0] = "comment";
    arguments[1] = "gate.md";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return nightjar.run(arguments);
  }

  @ParameterizedTest
  @CsvSource({"github", "jenkins", "gitlab"})
  void theSecondRunEditsTheCommentOfTheFirst(String kind) throws IOException {
    server.add("ada", "Looks good");
    CommandLineFixture.Ended first = comment(variables(kind), "### Benchmarks: passed");
    assertEquals(ExitCode.DONE, first.exitCode(), first.toString());
    CommandLineFixture.Ended second = comment(variables(kind), "### Benchmarks: regressed");
    assertEquals(ExitCode.DONE, second.exitCode(), second.toString());
    assertEquals(2, server.comments().size());
    assertEquals("Looks good", server.comments().getFirst().body());
    String body = server.comments().getLast().body();
    assertTrue(body.startsWith("<!-- nightjar: bench -->\n### Benchmarks: regressed"), body);
    assertFalse(body.contains("passed"), body);
    assertTrue(second.out().startsWith("Comment, written anew: "), second.toString());
    assertEquals(kind.equals("github"), body.contains("https://git.example/o/r/actions/runs/99"));
  }

  @Test
  void aWorkflowsTokenKnowsItsOwnComment() throws IOException {
    server.giveWorkflowToken();
    server.add("eve", "<!-- nightjar: bench -->\nmine");
    comment(variables("github"), "one");
    comment(variables("github"), "two");
    assertEquals(2, server.comments().size());
    assertEquals("<!-- nightjar: bench -->\nmine", server.comments().getFirst().body());
    assertTrue(server.comments().getLast().body().contains("two"));
  }

  @Test
  void jobsHaveCommentsOfTheirOwn() throws IOException {
    comment(variables("gitlab"), "one", "--key", "arm64");
    comment(variables("gitlab"), "two", "--key", "x86 --> <b>");
    comment(variables("gitlab"), "three", "--key", "arm64");
    assertEquals(2, server.comments().size());
    assertTrue(server.comments().getFirst().body().contains("three"));
    assertTrue(server.comments().getLast().body().startsWith("<!-- nightjar: x86-b- -->\ntwo"));
  }

  @ParameterizedTest
  @CsvSource({"github", "gitlab"})
  void theCommentIsFoundBehindHundredsOfOthers(String kind) throws IOException {
    comment(variables(kind), "one");
    ForgeServer.Comment own = server.comments().getFirst();
    try (ForgeServer busy = new ForgeServer()) {
      for (int i = 0; i < 250; i++) {
        busy.add("ada", "Comment " + i);
      }
      busy.add(own.author(), own.body());
      Map<String, String> there = variables(kind);
      there.replaceAll((_, value) -> value.replace(server.address(), busy.address()));
      comment(there, "two");
      assertEquals(251, busy.comments().size());
      assertTrue(busy.comments().getLast().body().contains("two"));
    }
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    server.beBusy(2);
    assertEquals(ExitCode.DONE, comment(variables("gitlab"), "one").exitCode());
    assertEquals(1, server.comments().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | may not comment there",
        "404 | from a fork",
        "401 | the token is none",
        "302 | with 302"
      })
  void aRefusalIsTheEnvironmentsAndGoesNowhereElse(int status, String words) throws IOException {
    server.refuse(status);
    CommandLineFixture.Ended ended = comment(variables("gitlab"), "one");
    assertEquals(ExitCode.ENVIRONMENT, ended.exitCode(), ended.toString());
    assertTrue(ended.err().contains(words), ended.toString());
    assertFalse(ended.toString().contains(ForgeServer.TOKEN), ended.toString());
    assertEquals(0, server.count(request -> request.contains("elsewhere")));
  }

  @Test
  void withoutAPullRequestNothingIsAsked() throws IOException {
    Map<String, String> variables = variables("github");
    variables.put("GITHUB_REF", "refs/heads/main");
    CommandLineFixture.Ended ended = comment(variables, "one");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertEquals(0, server.count(_ -> true));
  }

  @ParameterizedTest
  @CsvSource({"github, GITHUB_TOKEN", "gitlab, NIGHTJAR_GITLAB_TOKEN"})
  void withoutATokenTheRemedyIsSaid(String kind, String name) throws IOException {
    Map<String, String> variables = variables(kind);
    variables.remove(name);
    CommandLineFixture.Ended ended = comment(variables, "one");
    assertEquals(ExitCode.USAGE, ended.exitCode(), ended.toString());
    assertTrue(ended.err().contains("needs the variable " + name), ended.toString());
  }

  @Test
  void whatNoServerTakesIsCutBetweenRows() throws IOException {
    comment(variables("github"), "| row |\n".repeat(20_000));
    String body = server.comments().getFirst().body();
    assertTrue(body.length() < 65_536, "" + body.length());
    assertTrue(body.contains("| row |\n\nWhat is cut here"), body.substring(59_000));
  }
}
