package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.doors.comment.CiReview;
import dev.nightjar.doors.comment.ReviewComment;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** {@code nightjar comment}: puts a summary under the pull request that a CI job is about. */
public final class CommentCommand implements Command {
  private static final long MOST_BYTES = 16 << 20;

  @Override
  public String name() {
    return "comment";
  }

  @Override
  public String summary() {
    return "Put a summary under the pull request of a CI job; later runs edit the same comment.";
  }

  @Override
  public String operands() {
    return "FILE.md";
  }

  @Override
  public boolean concernsRepository() {
    return false;
  }

  @Override
  public boolean speaksJson() {
    return false;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommandOptions.valued(
                "key",
                "NAME",
                "Tells the comments of several jobs apart. Default: the job's name."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar comment gate/gate.md            needs GITHUB_TOKEN, or NIGHTJAR_GITLAB_TOKEN",
        "nightjar comment gate.md --key arm64     one comment for each job of a matrix");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    if (invocation.operands().size() != 1) {
      throw new Failure.Misuse("comment takes one file: 'nightjar comment gate/gate.md'.");
    }
    String markdown = read(invocation, invocation.operands().getFirst());
    Optional<CiReview> review = CiReview.of(invocation.environment());
    if (review.isEmpty()) {
      invocation.out().println("No comment: this job is about no pull request that is known here.");
      return ExitCode.DONE;
    }
    ReviewComment.Put put =
        ReviewComment.put(
            review.get().thread(),
            invocation.value("key").orElse(review.get().job()),
            markdown,
            review.get().link());
    invocation
        .out()
        .println((put.isNew() ? "Comment: " : "Comment, written anew: ") + put.address());
    return ExitCode.DONE;
  }

  private static String read(Invocation invocation, String operand) {
    try {
      return InputFile.of(invocation.path("The file", operand), MOST_BYTES).text();
    } catch (IOException e) {
      throw new Failure.Misuse(
          "The file " + operand + " cannot be read: 'nightjar run --markdown FILE' writes one.", e);
    }
  }
}
