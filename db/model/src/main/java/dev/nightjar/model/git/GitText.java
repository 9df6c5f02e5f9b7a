package dev.nightjar.model.git;

import org.jspecify.annotations.Nullable;

/**
 * Text out of a repository, which need not be text. {@code text} can be shown and stored anywhere:
 * valid Unicode without NUL. Where that loses something, {@code bytes} keeps the original.
 *
 * @param text the text, with U+FFFD for what is none
 * @param bytes the original, only where {@code text} in UTF-8 differs from it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity nowhere; kept for writing only
public record GitText(String text, byte @Nullable [] bytes) {
  /** Text that lost nothing. */
  public static GitText of(String text) {
    return new GitText(text, null);
  }
}
