package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.CommandOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.Test;

/** An option that a message or a document names is one that the command has. */
class OptionsInWordsTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final List<String> ROOMS =
      List.of("pipelines", "routes", "db", "reports", "kernel", "driver-win");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z-]*)");
  private static final Pattern CALL =
      Pattern.compile("(?<![\\w/.-])nightjar ([a-z]+)\\b([^`'\"\\n|;&#]*)");

  /** Of git, which messages tell people to call. */
  private static final Set<String> OF_OTHERS =
      Set.of("all", "no-filter", "object-format", "oneline", "refetch");

  private static final Set<String> OF_ANY_COMMAND =
      Commands.all().stream()
          .flatMap(command -> CommandOptions.optionsOf(command).getOptions().stream())
          .map(Option::getLongOpt)
          .collect(Collectors.toSet());

  private final List<String> unknown = new ArrayList<>();
  private int seen;

  @Test
  void messagesNameOptionsThatExist() throws IOException {
    for (String room : ROOMS) {
      each(
          ROOT.resolve(room),
          path -> path.toString().endsWith(".java") && path.toString().contains("src/main/java"),
          this::inMessages);
    }
    assertEquals(List.of(), unknown);
    assertTrue(seen > 20, "only " + seen + " options were seen");
  }

  private void inMessages(Path file, String text) {
    Matcher literal = LITERAL.matcher(text);
    while (literal.find()) {
      String words = literal.group(1);
      calls(file, words);
      if (file.toString().contains("/settings/proposal/")) {
        continue; // commands that are proposed are other programs'
      }
      if (words.contains(" ")) { // else it is handed to a program
        options(
            file,
            words,
            option ->
                OF_ANY_COMMAND.contains(option)
                    || option.equals("version")
                    || OF_OTHERS.contains(option));
      }
    }
  }

  @Test
  void documentsNameOptionsThatTheCommandHas() throws IOException {
    each(ROOT, path -> path.toString().endsWith(".md"), this::calls);
    each(ROOT.resolve("ci"), path -> true, this::calls);
    assertEquals(List.of(), unknown);
    assertTrue(seen > 20, "only " + seen + " options were seen");
  }

  private void calls(Path file, String text) {
    Matcher call = CALL.matcher(text);
    while (call.find()) {
      Commands.named(call.group(1))
          .ifPresent(command -> {
            Set<String> known =
                CommandOptions.optionsOf(command).getOptions().stream()
                    .map(Option::getLongOpt)
                    .collect(Collectors.toSet());
            options(file, call.group(2), known::contains);
          });
    }
  }

  private void options(Path file, String words, Predicate<String> isKnown) {
    Matcher option = OPTION.matcher(words);
    while (option.find()) {
      seen++;
      if (!isKnown.test(option.group(1))) {
        unknown.add(file + ": " + option.group() + " in " + words.strip());
      }
    }
  }

  private static void each(Path folder, Predicate<Path> isWanted, BiConsumer<Path, String> reader)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> wanted =
          files
              .filter(path -> !path.toString().contains("/target/"))
              .filter(path -> !path.toString().contains("/node_modules/"))
              .filter(Files::isRegularFile)
              .filter(isWanted)
              .toList();
      for (Path file : wanted) {
        reader.accept(file, Files.readString(file));
      }
    }
  }
}
