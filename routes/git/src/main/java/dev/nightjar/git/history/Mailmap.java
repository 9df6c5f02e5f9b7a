package dev.nightjar.git.history;

import dev.nightjar.model.git.GitPerson;
import dev.nightjar.model.git.PersonCorrections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Corrects names and addresses as {@code .mailmap} says (gitmailmap(5)) and as git reads it. Names
 * and addresses of commits are compared without regard to the case of ASCII letters; a line that
 * names both wins over one with the address alone; later lines win over earlier ones.
 */
public final class Mailmap implements PersonCorrections {
  /** Corrects nothing. */
  public static final Mailmap NONE = new Mailmap(Map.of());

  /** What git takes for white space. */
  private static final Pattern AROUND = Pattern.compile("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$");

  private final Map<Recorded, Correction> corrections;
  private final Map<GitPerson, GitPerson> corrected = new HashMap<>();

  /** What a line applies to; an absent name stands for any. */
  private record Recorded(@Nullable String name, String email) {}

  private record Correction(@Nullable String name, @Nullable String email) {
    Correction over(Correction before) {
      return new Correction(
          name != null ? name : before.name, email != null ? email : before.email);
    }
  }

  private Mailmap(Map<Recorded, Correction> corrections) {
    this.corrections = corrections;
  }

  /** Reads the text of a mailmap; lines it does not understand say nothing, as with git. */
  public static Mailmap parse(String text) {
    Map<Recorded, Correction> corrections = new HashMap<>();
    for (String line : text.split("\n")) {
      if (!line.startsWith("#")) {
        read(line, corrections);
      }
    }
    return corrections.isEmpty() ? NONE : new Mailmap(corrections);
  }

  /** {@code name <address>} within a line, from one place on. */
  private record Contact(@Nullable String name, String email, int end) {
    static @Nullable Contact in(String line, int from) {
      int open = line.indexOf('<', from);
      int close = open < 0 ? -1 : line.indexOf('>', open);
      return close < 0
          ? null
          : new Contact(
              name(line.substring(from, open)), line.substring(open + 1, close), close + 1);
    }

    private static @Nullable String name(String text) {
      String name = AROUND.matcher(text).replaceAll("");
      return name.isEmpty() ? null : name;
    }
  }

  private static void read(String line, Map<Recorded, Correction> corrections) {
    Contact first = Contact.in(line, 0);
    if (first == null || first.email().isEmpty()) {
      return;
    }
    Contact second = Contact.in(line, first.end());
    if (second == null) {
      add(corrections, recorded(null, first.email()), new Correction(first.name(), null));
    } else {
      add(
          corrections,
          recorded(second.name(), second.email()),
          new Correction(first.name(), first.email()));
    }
  }

  /**
   * Of lines with the address alone, one adds to another; of lines with a name, the last stands.
   */
  private static void add(
      Map<Recorded, Correction> corrections, Recorded recorded, Correction correction) {
    Correction before = recorded.name() == null ? corrections.get(recorded) : null;
    corrections.put(recorded, before == null ? correction : correction.over(before));
  }

  private static Recorded recorded(@Nullable String name, String email) {
    return new Recorded(name == null ? null : lower(name), lower(email));
  }

  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return lower.toString();
  }

  @Override
  public boolean isEmpty() {
    return corrections.isEmpty();
  }

  /** The person that a recorded one really is. Safe for several threads. */
  @Override
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
