package dev.nightjar.cli;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.OrderlyEnd;
import dev.nightjar.cli.command.Version;
import dev.nightjar.cli.log.Logging;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Nearest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * The entry point: finds the verb, runs it, and turns whatever comes of it into a sentence and an
 * exit code.
 */
public final class Nightjar {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Path folder;

  Nightjar(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Path folder) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.folder = folder;
  }

  /** Runs the command line and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    // Digits and letters of a person's language would reach files and databases.
    Locale.setDefault(Locale.ROOT);
    Delivery delivery = new Delivery(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(delivery, true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Nightjar nightjar =
        new Nightjar(System.in, out, err, System.getenv(), Path.of("").toAbsolutePath());
    int code = ExitCode.DEFECT;
    try {
      code = delivery.exitCode(nightjar.run(args), err);
      err.flush();
    } finally {
      // Even if there is no memory to say so; what the JVM ends with by itself means findings. And
      // a library's forgotten thread must not keep a finished command alive.
      System.exit(code);
    }
  }

  int run(String[] args) {
    try {
      return dispatch(args);
    } catch (Throwable e) {
      return ended(e, Arrays.asList(args).contains("--verbose"));
    }
  }

  private int ended(Throwable thrown, boolean verbose) {
    Ending ending = Ending.of(thrown);
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    // What is to be said of a signal that ends this process is said by its hook.
    if (!(thrown instanceof InterruptedException) || !OrderlyEnd.isUnderWay()) {
      err.println("nightjar: " + Text.printable(ending.sentence()));
    }
    if (verbose || ending.isDefect()) {
      thrown.printStackTrace(err);
    }
    return ending.exitCode();
  }

  private int dispatch(String[] args) throws Exception {
    if (args.length == 0 || isHelp(args[0])) {
      return new HelpCommand().overview(out);
    }
    if (args[0].equals("--version")) {
      out.println("nightjar " + Version.number());
      return ExitCode.DONE;
    }
    Command command = command(args[0]);
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    if (Arrays.stream(rest).takeWhile(arg -> !arg.equals("--")).anyMatch(Nightjar::isHelp)) {
      return new HelpCommand().of(command, out);
    }
    CommandLine line = parse(command, rest);
    Logging.start(environment, line.hasOption("verbose"));
    return command.run(new Invocation(line, environment, folder, in, out, err));
  }

  private static boolean isHelp(String arg) {
    return arg.equals("--help") || arg.equals("-h");
  }

  private static Command command(String verb) {
    Optional<Command> found = Commands.named(verb);
    if (found.isPresent()) {
      return found.get();
    }
    List<String> names = Commands.all().stream().map(Command::name).toList();
    String advice =
        Nearest.to(verb, names)
            .map(nearest -> " Did you mean '" + nearest + "'?")
            .orElse(" 'nightjar help' lists them.");
    throw new Failure.Misuse("'" + verb + "' is no command." + advice);
  }

  /** A statement may begin with a comment, which looks like an option to whoever parses them. */
  private static String[] commentsBehind(String[] args) {
    List<String> given = List.of(args);
    int end = given.contains("--") ? given.indexOf("--") : given.size();
    List<String> words = given.subList(0, end);
    if (words.stream().noneMatch(Nightjar::isComment)) {
      return args;
    }
    List<String> ordered = new ArrayList<>(words);
    ordered.removeIf(Nightjar::isComment);
    ordered.add("--");
    words.stream().filter(Nightjar::isComment).forEach(ordered::add);
    ordered.addAll(given.subList(Math.min(end + 1, given.size()), given.size()));
    return ordered.toArray(String[]::new);
  }

  private static boolean isComment(String arg) {
    return arg.startsWith("-- ") || (arg.startsWith("--") && arg.contains("\n"));
  }

  private static CommandLine parse(Command command, String[] args) {
    Options options = CommandOptions.optionsOf(command);
    try {
      CommandLine line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .get()
              .parse(options, commentsBehind(args));
      if (command.operands().isEmpty() && !line.getArgList().isEmpty()) {
        throw new Failure.Misuse(
            "'%s' takes no operand, but got '%s': see 'nightjar %s --help'."
                .formatted(command.name(), line.getArgList().getFirst(), command.name()));
      }
      return line;
    } catch (UnrecognizedOptionException e) {
      List<String> known = options.getOptions().stream().map(Option::getLongOpt).toList();
      String given = e.getOption().replaceFirst("^-+", "").replaceFirst("=.*", "");
      String advice =
          Nearest.to(given, known)
              .map(nearest -> "did you mean '--" + nearest + "'?")
              .orElse("see 'nightjar " + command.name() + " --help'.");
      throw new Failure.Misuse(
          "'%s' has no option '%s'; %s".formatted(command.name(), e.getOption(), advice), e);
    } catch (MissingArgumentException e) {
      throw new Failure.Misuse(
          "--%s needs a value: see 'nightjar %s --help'."
              .formatted(e.getOption().getLongOpt(), command.name()),
          e);
    } catch (ParseException e) {
      throw new Failure.Misuse(
          "%s: see 'nightjar %s --help'.".formatted(e.getMessage(), command.name()), e);
    }
  }
}
