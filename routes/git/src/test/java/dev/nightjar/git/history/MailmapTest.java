package dev.nightjar.git.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.git.GitCommand;
import dev.nightjar.model.git.GitPerson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People are corrected as {@code git check-mailmap} corrects them. */
class MailmapTest {
  @TempDir static Path folder;
  private static GitCommand git;

  @BeforeAll
  static void makeARepository() {
    git = GitCommand.init(folder);
  }

  /** A mailmap, and people whom it may name. */
  record Case(String what, String mailmap, List<String> people) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Case of(String what, String mailmap, String... people) {
    return new Case(what, mailmap, List.of(people));
  }

  static List<Case> cases() {
    return List.of(
        of("a name for an address", "Proper Name <c@x>\n", "A <c@x>", "A <C@X>", "A <d@x>"),
        of("an address for an address", "<p@x> <c@x>\n", "A <c@x>", "A <p@x>"),
        of("both for an address", "Proper Name <p@x> <c@x>\n", "A <c@x>", "A <p@x>"),
        of(
            "both for a name and an address",
            "Proper Name <p@x> Commit Name <c@x>\n",
            "Commit Name <c@x>",
            "COMMIT name <C@x>",
            "Commit <c@x>"),
        of("an address for a name and an address", "<p@x> Nick <c@x>\n", "nick <c@x>", "A <c@x>"),
        of(
            "a line with a name wins",
            "Spec <s@x> Nick <c@x>\nAny <any@x> <c@x>\n",
            "Nick <c@x>",
            "A <c@x>"),
        of("a comment", "# Proper <c@x>\nOther <d@x>\n", "A <c@x>", "A <d@x>"),
        of("a comment that is not at the start", "  # Proper <c@x>\n", "A <c@x>"),
        of("a comment after a line", "Proper <p@x> <c@x> # <d@x>\n", "A <c@x>", "A <d@x>"),
        of("a comment within a line", "Proper <p@x> # <c@x>\n", "A <c@x>", "# <c@x>", "A <p@x>"),
        of("no address for a name", "Proper <>\n", "A <>"),
        of("an address for none", "Proper <p@x> <>\n", "A <>", "A <p@x>"),
        of("spaces within brackets", "Proper < c@x >\n", "A <c@x>"),
        of("an address alone", "<c@x>\n", "A <c@x>"),
        of("lines add to one another", "First <c@x>\n<p@x> <c@x>\n", "A <c@x>"),
        of("in any order", "<p@x> <c@x>\nFirst <c@x>\n", "A <c@x>"),
        of("the last name stands", "First <c@x>\nLast <C@x>\n", "A <c@x>"),
        of(
            "lines with a name do not add",
            "First <s@x> Nick <c@x>\n<t@x> nick <c@x>\n",
            "Nick <c@x>"),
        of(
            "other letters have a case",
            "Zoe <z@x> ZO\u00cb <c@x>\n",
            "zo\u00eb <c@x>",
            "ZO\u00cb <c@x>"),
        of("line ends of Windows", "Proper <p@x> <c@x>\r\nB <d@x>\r\n", "A <c@x>", "A <d@x>"),
        of("a carriage return alone", "Proper <p@x> <c@x>\rB <d@x>\n", "A <c@x>", "A <d@x>"),
        of("three addresses", "Proper <p@x> <c@x> <d@x>\n", "A <c@x>", "A <d@x>"),
        of("tabs", "\tProper\t <p@x>\t<c@x>\n", "A <c@x>"),
        of("a bracket that is not closed", "Proper <p@x> <c@x\n", "A <p@x>", "A <c@x>"),
        of("no bracket", "Proper\n\n<\n>\n", "A <c@x>"),
        of("one line after another", "B <b@x> <a@x>\nC <c@x> <b@x>\n", "A <a@x>", "A <b@x>"),
        of("spaces within names", "P   N <p@x> S   N <c@x>\n", "S   N <c@x>", "S N <c@x>"),
        of("a closing bracket first", "a>b <p@x> <c@x>\n", "A <c@x>"),
        of("no line end", "Proper <p@x> <c@x>", "A <c@x>"),
        of("a byte order mark", "\ufeffProper <p@x> <c@x>\n", "A <c@x>"),
        of("nothing", "", "A <c@x>"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void correctsAsGitDoes(Case given) {
    git.run("config", "mailmap.blob", hash(given.mailmap()));
    Mailmap mailmap = Mailmap.parse(given.mailmap());
    for (String contact : given.people()) {
      int open = contact.indexOf('<');
      GitPerson corrected =
          mailmap.correct(
              new GitPerson(
                  contact.substring(0, open - 1),
                  contact.substring(open + 1, contact.length() - 1)));
      assertEquals(
          git.text("check-mailmap", contact), corrected.name() + " <" + corrected.email() + ">");
    }
  }

  private static String hash(String text) {
    byte[] id =
        git.run(Map.of(), text.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin");
    return new String(id, StandardCharsets.US_ASCII).strip();
  }

  @Test
  void oneThatSaysNothingIsNone() {
    assertSame(Mailmap.NONE, Mailmap.parse("# nobody yet\n\n"));
    assertTrue(Mailmap.NONE.isEmpty());
  }
}
