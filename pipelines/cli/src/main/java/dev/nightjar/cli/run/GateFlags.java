package dev.nightjar.cli.run;

import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.Version;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.gate.verdict.CodeQuality;
import dev.nightjar.gate.verdict.FilesAccount;
import dev.nightjar.gate.verdict.FunctionFindings;
import dev.nightjar.gate.verdict.VerdictWriters;
import dev.nightjar.jobs.gate.ChangePlaces;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.file.OutputFile;
import dev.nightjar.settings.Nearest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** The options that every verb with a verdict has, and the files they ask for. */
final class GateFlags {
  private static final List<String> BASELINES = List.of("auto", "merge-base", "history");

  private GateFlags() {}

  static Options all() {
    Options options = files();
    options.addOption(
        CommandOptions.valued(
            "baseline",
            "WHICH",
            "What to compare with: merge-base, history, or auto. Default: gate.baseline."));
    options.addOption(
        CommandOptions.valued(
            "base",
            "REV",
            "The branch that a pull request goes into. Default: what the CI server says, else the"
                + " default branch."));
    options.addOption(
        CommandOptions.valued(
            "history",
            "FOLDER",
            "A folder of earlier runs, carried from machine to machine; this run is added to it."));
    options.addOption(
        CommandOptions.valued(
            "acknowledgements",
            "FILE",
            "The file that accepts findings for a time. Default: gate.acknowledgements."));
    return options;
  }

  /** Only those that name files for the verdicts. */
  static Options files() {
    return new Options()
        .addOption(CommandOptions.valued("junit", "FILE", "Write the verdicts as JUnit XML."))
        .addOption(CommandOptions.valued("sarif", "FILE", "Write the findings as SARIF 2.1.0."))
        .addOption(
            CommandOptions.valued(
                "code-quality", "FILE", "Write the findings as GitLab's code quality report."))
        .addOption(
            CommandOptions.valued(
                "markdown", "FILE", "Write a summary for a pull request comment."))
        .addOption(
            CommandOptions.valued("json-file", "FILE", "Write decision and verdicts as JSON."));
  }

  static GateOptions read(Invocation invocation) {
    Optional<String> baseline = invocation.value("baseline");
    baseline.ifPresent(word -> {
      if (!BASELINES.contains(word)) {
        throw new Failure.Misuse(
            "--baseline takes %s, not '%s'.%s"
                .formatted(
                    String.join(", ", BASELINES),
                    word,
                    Nearest.to(word, BASELINES)
                        .map(nearest -> " Did you mean '" + nearest + "'?")
                        .orElse("")));
      }
    });
    return new GateOptions(
        baseline,
        invocation.value("base"),
        invocation
            .value("acknowledgements")
            .map(text -> invocation.path("--acknowledgements", text)),
        invocation.value("history").map(text -> invocation.path("--history", text)),
        invocation.environment());
  }

  /** Writes what was asked for. */
  static void write(
      Invocation invocation, List<Verdict> verdicts, GateDecision decision, List<String> notes) {
    write(invocation, verdicts, decision, notes, FilesAccount.NONE, FunctionFindings.NONE);
  }

  /** The same, with what result files gave, and the functions behind the verdicts. */
  static void write(
      Invocation invocation,
      List<Verdict> verdicts,
      GateDecision decision,
      List<String> notes,
      FilesAccount account,
      FunctionFindings functions) {
    ChangePlaces places = ChangePlaces.of(invocation::workspace, invocation.value("against"));
    write(invocation, "junit", text -> text.write(VerdictWriters.junitXml(verdicts, decision)));
    write(
        invocation,
        "sarif",
        text ->
            text.write(
                VerdictWriters.sarif(verdicts, decision, functions, places, Version.number())));
    write(
        invocation,
        "code-quality",
        text -> text.write(CodeQuality.json(verdicts, decision, functions, places)));
    write(
        invocation,
        "markdown",
        text -> text.write(VerdictWriters.markdown(verdicts, decision, notes, functions)));
    write(
        invocation,
        "json-file",
        text -> VerdictWriters.writeJson(verdicts, decision, notes, account, functions, text));
  }

  /** Writes verdicts in one of the formats. */
  @FunctionalInterface
  private interface Verdicts {
    void writeTo(Writer text) throws IOException;

    /** In UTF-8; a lone half of a surrogate pair becomes a question mark. The stream stays open. */
    default void writeTo(OutputStream out) throws IOException {
      Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      writeTo(text);
      text.flush();
    }
  }

  private static void write(Invocation invocation, String option, Verdicts verdicts) {
    Optional<String> name = invocation.value(option);
    if (name.isEmpty()) {
      return;
    }
    Path file = invocation.path("--" + option, name.get()).toAbsolutePath();
    Optional<PrintStream> standard = standardStream(invocation, file);
    try {
      if (standard.isPresent()) {
        verdicts.writeTo(standard.get());
      } else {
        OutputFile.write(file, verdicts::writeTo);
      }
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The file %s of --%s cannot be written: check that its folder is yours and has room."
              .formatted(file, option),
          e);
    }
  }

  /** This process's own streams by their names: opened anew, each would write over the other. */
  private static Optional<PrintStream> standardStream(Invocation invocation, Path file) {
    return switch (file.toString()) {
      case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" -> Optional.of(invocation.out());
      case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2" -> Optional.of(invocation.err());
      default -> Optional.empty();
    };
  }
}
