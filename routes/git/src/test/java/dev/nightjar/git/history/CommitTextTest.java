package dev.nightjar.git.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.git.GitCommand;
import dev.nightjar.git.GitRepository;
import dev.nightjar.git.ImportStream;
import dev.nightjar.model.git.GitCommit;
import dev.nightjar.model.git.GitPerson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subjects, trailers and people are what {@code git log} makes of a commit. */
class CommitTextTest {
  private static final List<String> MESSAGES =
      List.of(
          "one line\n",
          "no newline at the end",
          "\n\n  blank lines before\n\nbody\n",
          "a subject\nof two lines\n\nbody\n",
          "subject\n\nbody\n\nSigned-off-by: A <a@example.org>\nReviewed-by: B <b@example.org>\n",
          "subject\n\nSigned-off-by: A <a@example.org>\n",
          "subject\n\nbody\n\nSee: one\n  and more of it\nFixes: 12\n",
          "subject\n\nnot a trailer\nKey: value\n",
          "subject\n\na line\nanother\nSigned-off-by: A <a@example.org>\n",
          "subject\n\nbody\n\n(cherry picked from commit 0123456789012345678901234567890123456789)\nAcked-by: C\n",
          "subject\n\nbody: with a colon\n\nlast paragraph without\n",
          "subject\n\nbody\n\nKey : value\nOther-Key:no space\n",
          "subject: with colon\n",
          "subject\n\nbody\n\n\n\nBug: 7\n\n\n",
          "");

  @TempDir Path folder;
  private GitCommand git;

  @BeforeEach
  void makeCommits() {
    git = GitCommand.init(folder);
    ImportStream stream = new ImportStream();
    int last = 0;
    for (int i = 0; i < MESSAGES.size(); i++) {
      int[] parents = last == 0 ? new int[0] : new int[] {last};
      last = stream.commit("refs/heads/main", MESSAGES.get(i), 1000 - 7L * i, parents);
    }
    stream.into(git);
  }

  @Test
  void subjectsAndTrailersAreGits() throws InterruptedException {
    List<GitCommit> commits = List.copyOf(read());
    assertEquals(MESSAGES.size(), commits.size());
    for (GitCommit commit : commits) {
      assertEquals(format(commit, "%s"), commit.subject(), "subject");
      assertEquals(
          format(commit, "%(trailers:only,unfold)"),
          commit.trailers().stream()
              .map(trailer -> trailer.key() + ": " + trailer.value())
              .collect(Collectors.joining("\n")),
          () -> "trailers of " + format(commit, "%B"));
      assertEquals(
          Long.parseLong(format(commit, "%at")), commit.author().at().getEpochSecond(), "time");
    }
  }

  @Test
  void peopleAreCorrectedAsGitCorrectsThem() {
    String text =
        """
        # a comment
        Proper Name <proper@example.org> <old@example.org>
        Only Name <same@example.org>
        <new@example.org> <moved@example.org>
        Two Names <two@example.org> Nick <shared@example.org>
        Other Half <half@example.org> nack <shared@example.org>
        Late Wins <same@example.org>
        """;
    Mailmap mailmap = Mailmap.parse(text);
    git.run("config", "mailmap.blob", hash(text));
    for (String contact :
        List.of(
            "Whoever <old@example.org>",
            "Someone <SAME@example.org>",
            "Keeps Name <moved@example.org>",
            "Nick <shared@example.org>",
            "NACK <shared@example.org>",
            "Neither <shared@example.org>",
            "Unknown <unknown@example.org>")) {
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

  private String hash(String text) {
    byte[] id =
        git.run(Map.of(), text.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin");
    return new String(id, StandardCharsets.US_ASCII).strip();
  }

  private String format(GitCommit commit, String format) {
    return git.text("log", "-1", "--format=" + format, commit.id());
  }

  private List<GitCommit> read() throws InterruptedException {
    List<GitCommit> commits = new ArrayList<>();
    try (GitRepository repository = GitRepository.open(folder)) {
      repository
          .history()
          .read(
              new HistoryRequest(
                  List.of(git.text("rev-parse", "main")), KnownCommits.NONE, false, 2),
              (block, total) -> commits.addAll(block.commits()));
    }
    assertEquals(MESSAGES.size(), commits.size());
    return commits;
  }
}
