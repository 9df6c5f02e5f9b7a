package dev.nightjar.cli.command;

import dev.nightjar.cli.terminal.Text;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Settings;
import dev.nightjar.settings.Workspace;
import dev.nightjar.settings.trust.Place;
import dev.nightjar.settings.trust.Trust;
import dev.nightjar.store.StoreSettings;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/**
 * A command line as it was given, with what stands around it.
 *
 * @param line the parsed options and operands
 * @param environment the process's variables
 * @param folder the folder it was called in
 * @param in what is piped to it
 */
public record Invocation(
    CommandLine line,
    Map<String, String> environment,
    Path folder,
    InputStream in,
    PrintStream out,
    PrintStream err) {
  private static final int TOLD = 10;

  public boolean has(String option) {
    return line.hasOption(option);
  }

  public Optional<String> value(String option) {
    return Optional.ofNullable(line.getOptionValue(option));
  }

  public List<String> operands() {
    return line.getArgList();
  }

  public boolean wantsJson() {
    return has("json");
  }

  /**
   * The repository and settings that the command is about: {@code --repo} and {@code --config},
   * else found from here.
   */
  public Workspace workspace() {
    return Workspace.find(start(), named(), environment);
  }

  /** The stores that its settings and the environment name. */
  public StoreSettings stores() {
    return stores(workspace());
  }

  /** Those that a workspace's settings and the environment name. */
  public StoreSettings stores(Workspace workspace) {
    Settings settings = workspace.settings();
    return StoreSettings.fromEnvironment(environment)
        .withUrls(settings.databaseUrl(), settings.redisUrl());
  }

  /** Where that is, whoever's it is. */
  public Place place() {
    return Place.find(start(), named());
  }

  private Path start() {
    return value("repo").map(text -> path("--repo", text)).orElse(folder);
  }

  private Optional<Path> named() {
    return value("config").map(text -> path("--config", text));
  }

  /** The same for a verb that runs the commands in the settings, of which it tells once. */
  public Workspace workspaceToRun() {
    Workspace workspace = workspace();
    List<String> commands = workspace.commands();
    if (!has("plan")
        && !commands.isEmpty()
        && Trust.of(environment).isFirstSeen(workspace.folder())) {
      String some = String.join(", ", commands.subList(0, Math.min(TOLD, commands.size())));
      err.println(
          Text.oneLine(
              "%s is new here and has commands of its own run, which 'nightjar config' shows: %s%s"
                  .formatted(workspace.folder(), some, commands.size() > TOLD ? ", …" : ".")));
    }
    return workspace;
  }

  /**
   * A path relative to the folder of the call.
   *
   * @param option what names it, for people
   * @throws Failure.Misuse when it is none
   */
  public Path path(String option, String text) {
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new Failure.Misuse(option + " '" + text + "' is no path: " + e.getReason() + ".", e);
    }
  }

  /**
   * A whole number within bounds.
   *
   * @throws Failure.Misuse when it is none
   */
  public int number(String option, int fallback, int least, int most) {
    Optional<String> text = value(option);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new Failure.Misuse(range(option, text.get(), least, most), e);
    }
    throw new Failure.Misuse(range(option, text.get(), least, most));
  }

  private static String range(String option, String text, int least, int most) {
    return "--%s takes a whole number from %d to %d, not '%s'."
        .formatted(option, least, most, text);
  }
}
