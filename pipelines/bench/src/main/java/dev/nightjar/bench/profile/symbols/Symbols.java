package dev.nightjar.bench.profile.symbols;

import dev.nightjar.bench.quantity.ProgramPath;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import dev.nightjar.model.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the debug information, by binutils' {@code addr2line} and {@code c++filt} where they are
 * installed, which functions stand at an address, those that were inlined there included, and what
 * mangled names mean. Without them, names stay as the symbol table has them.
 */
public final class Symbols {
  private static final int MOST_ADDRESSES = 300_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern MANGLED = Pattern.compile("_[ZR][A-Za-z0-9_.$]{1,4000}");
  private static final Pattern PLACE =
      Pattern.compile("(.*):(\\d+|\\?)(?: \\(discriminator \\d+\\))?");
  private static final String UNKNOWN = "??";

  private final Path folder;

  /** Answers are kept in this folder while they are read. */
  public Symbols(Path folder) {
    this.folder = folder;
  }

  /** A function at an address. */
  public record Place(String function, String file, int line) {}

  /**
   * The functions at addresses of a program, the innermost first.
   *
   * @return those that are known
   */
  public Map<Long, List<Place>> at(String object, Collection<Long> addresses)
      throws InterruptedException {
    Optional<Path> program = ProgramPath.find("addr2line");
    if (program.isEmpty() || !isRegular(object)) {
      return Map.of();
    }
    List<String> asked =
        addresses.stream()
            .limit(MOST_ADDRESSES)
            .map(address -> "0x" + Long.toHexString(address))
            .toList();
    Path answer =
        answer(List.of(program.get().toString(), "-a", "-f", "-i", "-C", "-e", object), asked);
    return answer == null ? Map.of() : places(answer);
  }

  private static boolean isRegular(String object) {
    try {
      InputFile.requireRegular(Path.of(object));
      return true;
    } catch (Failure.Misuse | InvalidPathException e) {
      return false;
    }
  }

  /** Meanings of the mangled ones among these names. */
  public Map<String, String> demangled(Collection<String> names) throws InterruptedException {
    List<String> mangled =
        names.stream().distinct().filter(name -> MANGLED.matcher(name).matches()).toList();
    Optional<Path> program = ProgramPath.find("c++filt");
    if (mangled.isEmpty() || program.isEmpty()) {
      return Map.of();
    }
    Path answer = answer(List.of(program.get().toString()), mangled);
    Map<String, String> meanings = new HashMap<>();
    try {
      List<String> lines = answer == null ? List.of() : lines(answer);
      for (int i = 0; i < Math.min(lines.size(), mangled.size()); i++) {
        meanings.put(mangled.get(i), lines.get(i));
      }
    } catch (IOException | Failure e) {
      return Map.of(); // names stay as they are
    }
    return meanings;
  }

  /** What a program says to these arguments; absent when it fails. */
  private @Nullable Path answer(List<String> program, List<String> arguments)
      throws InterruptedException {
    try {
      Path asked = Files.createTempDirectory(folder, "asked").resolve("questions.txt");
      Path answer = Files.createTempFile(folder, "answer", ".txt");
      OutputFile.write(asked, String.join("\n", arguments) + "\n");
      List<String> argv = new ArrayList<>(program);
      argv.add("@" + asked);
      ProcessCommand command =
          new ProcessCommand(
              argv,
              Map.of("LC_ALL", "C"),
              folder,
              answer,
              folder.resolve("complaints.txt"),
              LIMIT,
              TextLines.BYTES_MAX,
              null);
      return HostPlatform.current().run(command, _ -> {}).isSuccess() ? answer : null;
    } catch (IOException e) {
      return null; // no room for questions: names stay as they are
    }
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> all = new ArrayList<>();
    try (TextLines lines = new TextLines(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }

  /** An address, then for each function its name and its place. */
  public static Map<Long, List<Place>> places(Path answer) {
    Map<Long, List<Place>> places = new HashMap<>();
    try (TextLines lines = new TextLines(answer)) {
      List<Place> here = new ArrayList<>();
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.startsWith("0x")) {
          here = new ArrayList<>();
          places.put(Long.parseUnsignedLong(line.substring(2), 16), here);
        } else {
          String place = lines.next();
          if (place != null && !line.equals(UNKNOWN)) {
            here.add(place(line, place));
          }
        }
      }
    } catch (IOException | NumberFormatException | Failure e) {
      return Map.of(); // an answer that is none
    }
    places.values().removeIf(List::isEmpty);
    return places;
  }

  private static Place place(String function, String place) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches() || parts.group(1).equals(UNKNOWN)) {
      return new Place(function, "", 0);
    }
    String line = parts.group(2);
    boolean isNumber = !line.equals("?") && line.length() < 9;
    return new Place(function, parts.group(1), isNumber ? Integer.parseInt(line) : 0);
  }
}
