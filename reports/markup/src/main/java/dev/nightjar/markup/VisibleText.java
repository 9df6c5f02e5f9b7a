package dev.nightjar.markup;

/**
 * Makes characters visible that are not there to be read: controls, unpaired surrogates,
 * noncharacters, and the invisible ones that reorder or hide their neighbours ("Trojan Source",
 * CVE-2021-42574).
 *
 * <p>Zero-width joiners stay, as scripts and emoji need them; so does the text's own direction,
 * which the page isolates with {@code bdi}.
 */
public final class VisibleText {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE = 0x7f;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int REPLACEMENT = 0xfffd;

  private VisibleText() {}

  /** The text with each such character replaced by a picture or by its number, {@code ⟨U+202E⟩}. */
  public static String of(String text) {
    int first = firstHidden(text);
    if (first == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
    text.substring(first).codePoints().forEach(codePoint -> append(out, codePoint));
    return out.toString();
  }

  /** The text made visible and cut to at most so many characters, saying how many there were. */
  public static String shortened(String text, int mostCharacters) {
    int length = text.codePointCount(0, text.length());
    if (length <= mostCharacters) {
      return of(text);
    }
    int cut = text.offsetByCodePoints(0, mostCharacters);
    return of(text.substring(0, cut)) + "… (" + length + " characters)";
  }

  private static int firstHidden(String text) {
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      if (isHidden(codePoint)) {
        return index;
      }
      index += Character.charCount(codePoint);
    }
    return index;
  }

  private static void append(StringBuilder out, int codePoint) {
    if (!isHidden(codePoint)) {
      out.appendCodePoint(codePoint);
    } else if (codePoint < 0x20) {
      out.appendCodePoint(CONTROL_PICTURES + codePoint);
    } else if (codePoint == DELETE) {
      out.appendCodePoint(DELETE_PICTURE);
    } else if (isSurrogate(codePoint)) {
      out.appendCodePoint(REPLACEMENT);
    } else {
      out.append("⟨U+").append("%04X".formatted(codePoint)).append('⟩');
    }
  }

  private static boolean isHidden(int codePoint) {
    return isControl(codePoint)
        || isSurrogate(codePoint)
        || isNonCharacter(codePoint)
        || isInvisible(codePoint);
  }

  private static boolean isControl(int codePoint) {
    boolean blank = codePoint == '\n' || codePoint == '\t';
    return !blank && Character.getType(codePoint) == Character.CONTROL;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean isNonCharacter(int codePoint) {
    return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
  }

  private static boolean isInvisible(int codePoint) {
    boolean joins = codePoint == 0x200c || codePoint == 0x200d;
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> !joins;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
