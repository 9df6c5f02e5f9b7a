package dev.nightjar.cli;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.model.Failure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.cli.Option;

/** {@code nightjar help}: what there is, and how each verb is used. */
final class HelpCommand implements Command {
  private static final int WIDTH = 100;

  /** Where what an option means begins. */
  private static final int INDENT = 24;

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String summary() {
    return "Show the commands, or how one of them is used.";
  }

  @Override
  public String operands() {
    return "[COMMAND]";
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
  public List<String> examples() {
    return List.of("nightjar help run");
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.operands().isEmpty()) {
      return overview(invocation.out());
    }
    String verb = invocation.operands().getFirst();
    return of(
        Commands.named(verb)
            .orElseThrow(() ->
                new Failure.Misuse("'" + verb + "' is no command. 'nightjar help' lists them.")),
        invocation.out());
  }

  int overview(PrintStream out) {
    out.print(
        """
        Nightjar: nightly pipelines for hosts with accelerators. It measures the machine and the code every night
        and in every CI run, and says in the morning what got slower, which commit or which condition of the
        machine did it, and how sure that is.

        Usage: nightjar COMMAND [OPTIONS]

        """);
    for (Command command : Commands.all()) {
      out.printf("  %-14s%s%n", command.name(), command.summary());
    }
    out.print(
        """

        Start here, in any git repository:
          nightjar run                 ingest, benchmark, judge, publish; prints where the report lies
          nightjar init                write a commented nightjar.yaml
          nightjar query latest        ask the database

        'nightjar COMMAND --help' tells more. Exit codes: 0 done, 1 findings, 2 usage or configuration,
        3 no verdict, 4 environment failed, 70 a defect in Nightjar.
        """);
    return ExitCode.DONE;
  }

  int of(Command command, PrintStream out) {
    String operands = command.operands().isEmpty() ? "" : " " + command.operands();
    out.printf(
        "Usage: nightjar %s%s [OPTIONS]%n%n%s%n%n", command.name(), operands, command.summary());
    List<Option> options = new ArrayList<>(CommandOptions.optionsOf(command).getOptions());
    options.sort(Comparator.comparing(Option::getLongOpt));
    for (Option option : options) {
      String left = "--" + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() : "");
      String gap =
          left.length() < INDENT - 3
              ? " ".repeat(INDENT - 2 - left.length())
              : "\n" + " ".repeat(INDENT);
      out.println("  " + left + gap + wrapped(option.getDescription(), INDENT));
    }
    if (!command.examples().isEmpty()) {
      out.printf("%nExamples:%n");
      command.examples().forEach(example -> out.println("  " + example));
    }
    return ExitCode.DONE;
  }

  private static String wrapped(String text, int indent) {
    StringBuilder wrapped = new StringBuilder();
    int column = indent;
    for (String word : text.split(" ", -1)) {
      if (column + word.length() + 1 > WIDTH) {
        wrapped.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (!wrapped.isEmpty()) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
