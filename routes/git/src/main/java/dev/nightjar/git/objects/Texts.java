package dev.nightjar.git.objects;

import dev.nightjar.model.git.GitText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text out of bytes that need not be text, so that nothing is lost. */
public final class Texts {
  private static final char REPLACEMENT = '\ufffd';

  private Texts() {}

  /** UTF-8 as far as it is that; the bytes are kept where the text lost something. */
  public static GitText decode(byte[] raw) {
    return decode(raw, 0, raw.length, null);
  }

  /**
   * Text in the encoding of that name, or in UTF-8 where there is none or it is unknown. A NUL,
   * which a database cannot hold in text, counts as lost.
   */
  public static GitText decode(byte[] raw, int from, int to, @Nullable String encoding) {
    Charset charset = charset(encoding);
    String text = strict(raw, from, to, charset);
    if (text == null) {
      text = new String(raw, from, to - from, StandardCharsets.UTF_8).replace('\0', REPLACEMENT);
      return new GitText(text, Arrays.copyOfRange(raw, from, to));
    }
    if (text.indexOf('\0') >= 0) {
      return new GitText(text.replace('\0', REPLACEMENT), Arrays.copyOfRange(raw, from, to));
    }
    return new GitText(text, null);
  }

  private static Charset charset(@Nullable String encoding) {
    if (encoding == null || encoding.isEmpty()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static @Nullable String strict(byte[] raw, int from, int to, Charset charset) {
    if (isAscii(raw, from, to) && charset.equals(StandardCharsets.UTF_8)) {
      return new String(raw, from, to - from, StandardCharsets.ISO_8859_1);
    }
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(raw, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isAscii(byte[] raw, int from, int to) {
    for (int i = from; i < to; i++) {
      if (raw[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
