package dev.nightjar.cli.command;

import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options that verbs have. */
public final class CommandOptions {
  private CommandOptions() {}

  /** A verb's own options and those that it shares with others. */
  public static Options optionsOf(Command command) {
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

  public static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  public static Option valued(String name, String argument, String description) {
    return Option.builder().longOpt(name).hasArg().argName(argument).desc(description).get();
  }
}
