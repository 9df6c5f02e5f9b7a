package dev.nightjar.gate.verdict;

import java.nio.charset.StandardCharsets;

/** A path in the repository as a relative reference of a URI. */
final class UriPath {
  private static final String PLAIN = "-._~/!$&'()*+,;=@";

  private UriPath() {}

  static String of(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      boolean isLetter = c < 0x80 && Character.isLetterOrDigit(c);
      uri.append(
          isLetter || PLAIN.indexOf(c) >= 0 ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return uri.toString();
  }
}
