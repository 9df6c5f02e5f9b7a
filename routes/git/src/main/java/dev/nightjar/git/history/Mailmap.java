package dev.nightjar.git.history;

import dev.nightjar.model.git.GitPerson;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Corrects names and addresses as {@code .mailmap} says (gitmailmap(5)). Names and addresses of
 * commits are compared without regard to case; a line that names both wins over one with the
 * address alone; later lines win over earlier ones.
 */
public final class Mailmap {
  /** Corrects nothing. */
  public static final Mailmap NONE = new Mailmap(Map.of());

  private final Map<Recorded, Correction> corrections;
  private final Map<GitPerson, GitPerson> corrected = new HashMap<>();

  /** What a line applies to; an absent name stands for any. */
  private record Recorded(@Nullable String name, String email) {}

  private record Correction(@Nullable String name, @Nullable String email) {}

  private Mailmap(Map<Recorded, Correction> corrections) {
    this.corrections = corrections;
  }

  /** Reads the text of a mailmap; lines it does not understand say nothing, as with git. */
  public static Mailmap parse(String text) {
    Map<Recorded, Correction> corrections = new HashMap<>();
    text.lines().forEach(line -> parseLine(line, corrections));
    return corrections.isEmpty() ? NONE : new Mailmap(corrections);
  }

  private static void parseLine(String line, Map<Recorded, Correction> corrections) {
    if (line.startsWith("#")) {
      return;
    }
    int open = line.indexOf('<');
    int close = open < 0 ? -1 : line.indexOf('>', open);
    if (close < 0) {
      return;
    }
    String properName = line.substring(0, open).strip();
    String firstEmail = line.substring(open + 1, close).strip();
    int secondOpen = line.indexOf('<', close);
    int secondClose = secondOpen < 0 ? -1 : line.indexOf('>', secondOpen);
    if (secondClose < 0) {
      if (!properName.isEmpty()) {
        put(corrections, null, firstEmail, new Correction(properName, null));
      }
      return;
    }
    String recordedName = line.substring(close + 1, secondOpen).strip();
    put(
        corrections,
        recordedName.isEmpty() ? null : recordedName,
        line.substring(secondOpen + 1, secondClose).strip(),
        new Correction(properName.isEmpty() ? null : properName, firstEmail));
  }

  private static void put(
      Map<Recorded, Correction> corrections,
      @Nullable String name,
      String email,
      Correction correction) {
    Recorded recorded = recorded(name, email);
    Correction before = corrections.get(recorded);
    if (before == null) {
      corrections.put(recorded, correction);
    } else {
      corrections.put(
          recorded,
          new Correction(
              correction.name() != null ? correction.name() : before.name(),
              correction.email() != null ? correction.email() : before.email()));
    }
  }

  private static Recorded recorded(@Nullable String name, String email) {
    return new Recorded(
        name == null ? null : name.toLowerCase(Locale.ROOT), email.toLowerCase(Locale.ROOT));
  }

  /** The person that a recorded one really is. Safe for several threads. */
  public GitPerson correct(GitPerson recorded) {
    if (corrections.isEmpty()) {
      return recorded;
    }
    synchronized (corrected) {
      return corrected.computeIfAbsent(recorded, this::lookUp);
    }
  }

  private GitPerson lookUp(GitPerson recorded) {
    Correction correction = corrections.get(recorded(recorded.name(), recorded.email()));
    if (correction == null) {
      correction = corrections.get(recorded(null, recorded.email()));
    }
    if (correction == null) {
      return recorded;
    }
    return new GitPerson(
        correction.name() != null ? correction.name() : recorded.name(),
        correction.email() != null ? correction.email() : recorded.email());
  }
}
