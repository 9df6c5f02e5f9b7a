package dev.nightjar.settings.trust;

import dev.nightjar.git.GitProgram;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether what a place says may be believed. As with git, whatever this user owns may; what is
 * another's may where the person said so: by {@code nightjar trust}, for the settings as they are
 * then, by git's {@code safe.directory}, or by {@code NIGHTJAR_TRUST=1} for everything.
 *
 * <p>Nobody is asked: a question would stop the night that nobody watches. A place that is the
 * user's own is obeyed, and told of once.
 */
public final class Trust {
  private static final String ALL = "NIGHTJAR_TRUST";
  private static final Set<String> YES = Set.of("1", "true", "yes");

  private final Map<String, String> environment;
  private final User user;
  private final TrustFile memory;
  private final Supplier<List<String>> safeDirectories;

  Trust(Map<String, String> environment, User user, Path memory, Supplier<List<String>> safe) {
    this.environment = environment;
    this.user = user;
    this.memory = new TrustFile(memory, user);
    safeDirectories = safe;
  }

  /** What this process's user trusts. */
  public static Trust of(Map<String, String> environment) {
    return new Trust(
        environment,
        User.ofThisProcess(environment),
        folder(environment).resolve("trust"),
        GitProgram::safeDirectories);
  }

  /** With the user's configuration, which it is; the embedded stores are no place for words. */
  private static Path folder(Map<String, String> environment) {
    String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
    // The XDG specification: a relative path is invalid and to be ignored.
    return folder.startsWith("/")
        ? Path.of(folder, "nightjar")
        : Path.of(
            environment.getOrDefault("HOME", System.getProperty("user.home")),
            ".config",
            "nightjar");
  }

  /**
   * The settings' text, once it may be believed.
   *
   * @return empty where there is no file
   * @throws Failure.Misuse when the place is another user's and not trusted
   */
  public Optional<SettingsText> read(Place place) {
    Optional<Path> foreign = foreign(place);
    Optional<SettingsText> text = textOf(place);
    // Looked at again: another file may have taken the name before it was read.
    Optional<Path> owned = foreign.or(() -> foreign(place));
    if (owned.isPresent() && !isAllowed(place.folder(), digest(text))) {
      throw refusal(place, owned.get());
    }
    return text;
  }

  /**
   * Checks the repository that the settings of a place name, which may lie elsewhere.
   *
   * @throws Failure.Misuse when it is another user's and neither it nor the place is trusted
   */
  public void requireRepository(Place place, Optional<SettingsText> text, Path repository) {
    Optional<Path> top = RepositoryFolders.topOf(real(repository));
    Optional<Path> foreign =
        top.flatMap(
            at -> RepositoryFolders.of(at).stream().filter(each -> !user.owns(each)).findFirst());
    if (foreign.isPresent()
        && !isAllowed(place.folder(), digest(text))
        && !isSafeDirectory(top.get())) {
      throw refusal(place, foreign.get());
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize(); // that it is not there is told where it is opened
    }
  }

  private Optional<Path> foreign(Place place) {
    Optional<Path> file = place.file().filter(at -> !user.owns(at));
    return file.or(() ->
        RepositoryFolders.topOf(place.folder())
            .map(RepositoryFolders::of)
            .orElse(List.of())
            .stream()
            .filter(each -> !user.owns(each))
            .findFirst());
  }

  private boolean isAllowed(Path folder, String digest) {
    return isEverythingTrusted() || memory.isTrusted(folder, digest) || isSafeDirectory(folder);
  }

  private boolean isEverythingTrusted() {
    return YES.contains(environment.getOrDefault(ALL, ""));
  }

  private boolean isSafeDirectory(Path folder) {
    return safeDirectories.get().stream().anyMatch(pattern -> names(pattern, folder));
  }

  private static boolean names(String pattern, Path folder) {
    if (pattern.equals("*")) {
      return true;
    }
    return pattern.endsWith("/*")
        ? folder.startsWith(pattern.substring(0, pattern.length() - 2))
        : folder.equals(Path.of(pattern).normalize());
  }

  private Failure.Misuse refusal(Place place, Path foreign) {
    String whose =
        User.ownerOf(foreign).isPresent()
            ? "user " + User.ownerOf(foreign).getAsInt()
            : "another user";
    return new Failure.Misuse(
        foreign
            + " belongs to "
            + whose
            + (memory.wasTrusted(place.folder())
                ? ", and what it says has changed since you trusted it"
                : ", who could have anything run as you")
            + ": read it, then call 'nightjar trust --repo "
            + place.folder()
            + "'; where all is to be trusted, as in a container, set NIGHTJAR_TRUST=1.");
  }

  /** Remembers a place as it is now. */
  public void trust(Place place) {
    memory.trust(place.folder(), digest(textOf(place)));
  }

  /** Takes that back. */
  public void forget(Place place) {
    memory.forget(place.folder());
  }

  /**
   * Whether commands of a place are about to run for the first time here, which is worth a word;
   * from now on they are not. Where everything is trusted, and on a CI server, there is nobody to
   * tell.
   */
  public boolean isFirstSeen(Path folder) {
    if (isEverythingTrusted() || YES.contains(environment.getOrDefault("CI", ""))) {
      return false;
    }
    try {
      if (memory.isSeen(folder)) {
        return false;
      }
      memory.see(folder);
      return true;
    } catch (Failure.Unavailable e) {
      return true; // told once too often, rather than a night that does not run
    }
  }

  private static Optional<SettingsText> textOf(Place place) {
    return place.file().map(SettingsText::of);
  }

  private static String digest(Optional<SettingsText> settings) {
    String text = settings.map(SettingsText::text).orElse("");
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
