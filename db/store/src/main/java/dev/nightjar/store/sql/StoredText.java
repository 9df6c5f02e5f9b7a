package dev.nightjar.store.sql;

import org.jspecify.annotations.Nullable;

/**
 * Text from outside as PostgreSQL can keep it: it takes neither NUL nor half a surrogate pair,
 * which a hostile commit message or file may hold; both become U+FFFD.
 */
public final class StoredText {
  private static final char REPLACEMENT = '\uFFFD';

  private StoredText() {}

  public static @Nullable String orNull(@Nullable String text) {
    return text == null ? null : of(text);
  }

  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
        return cleaned(text);
      }
    }
    return text;
  }

  public static String of(String text, int mostCharacters) {
    return of(text.substring(0, Math.min(text.length(), mostCharacters)));
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                ? REPLACEMENT
                : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
