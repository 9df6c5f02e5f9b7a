package dev.nightjar.cli;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** All verbs, in the order in which help lists them. */
final class Commands {
  private static final List<Command> ALL =
      List.of(
          new InitCommand(),
          new PipelineCommand.RunCommand(),
          new PipelineCommand.IngestCommand(),
          new BenchCommand(),
          new GateCommand(),
          new BisectCommand(),
          new BackfillCommand(),
          new ImportCommand(),
          new PublishCommand(),
          new QueryCommand(),
          new ChangePointsCommand(),
          new ConfigCommand(),
          new TrustCommand(),
          new DoctorCommand(),
          new DbCommand(),
          new CompletionCommand(),
          new HelpCommand());

  private Commands() {}

  static List<Command> all() {
    return ALL;
  }

  static Optional<Command> named(String name) {
    return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  /** A verb's own options and those that it shares with others. */
  static Options optionsOf(Command command) {
    Options options = new Options();
    command.options().getOptions().forEach(options::addOption);
    if (command.concernsRepository()) {
      options.addOption(
          valued("repo", "PATH", "The repository: any folder in it. Default: this folder's."));
      options.addOption(
          valued("config", "FILE", "The settings file. Default: nightjar.yaml of the repository."));
    }
    if (command.speaksJson()) {
      options.addOption(flag("json", "Print JSON for programs instead of text for people."));
    }
    options.addOption(
        flag("verbose", "Log to standard error, and show where a failure came from."));
    options.addOption(Option.builder("h").longOpt("help").desc("Show this help.").get());
    return options;
  }

  static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  static Option valued(String name, String argument, String description) {
    return Option.builder().longOpt(name).hasArg().argName(argument).desc(description).get();
  }
}
