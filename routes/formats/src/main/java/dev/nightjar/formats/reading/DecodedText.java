package dev.nightjar.formats.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bytes. Those that are none of the encoding become {@code %FC}, so that two names that
 * differ in them stay two, and are told with the line where the first one stands.
 */
final class DecodedText extends Reader {
  private static final long MOST_BYTES = ResultText.MOST_BYTES;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final String encoding;
  private final @Nullable ResultSink sink;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 14).flip();
  private long line = 1;
  private long read;
  private boolean isAtEnd;
  private boolean isTold;

  DecodedText(InputStream in, Charset charset, @Nullable ResultSink sink) {
    this.in = in;
    this.sink = sink;
    encoding = charset.name();
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (isAtEnd && !bytes.hasRemaining()) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(into, offset, count);
    return count;
  }

  private void decode() throws IOException {
    fill();
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, isAtEnd);
    if (result.isError() && chars.remaining() > 4 * result.length()) {
      int bad = bytes.get() & 0xFF;
      tell(bad);
      chars.put('%').put(String.format(Locale.ROOT, "%02X", bad));
      for (int i = 1; i < result.length(); i++) {
        chars.put('%').put(String.format(Locale.ROOT, "%02X", bytes.get() & 0xFF));
      }
    }
    chars.flip();
    if (sink != null && !isTold) {
      for (int i = chars.position(); i < chars.limit(); i++) {
        line += chars.get(i) == '\n' ? 1 : 0;
      }
    }
    if (isAtEnd && result.isUnderflow()) {
      bytes.position(bytes.limit()); // a character that the end of the file cut off
    }
  }

  private void fill() throws IOException {
    if (isAtEnd) {
      return;
    }
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    read += Math.max(0, count);
    if (count < 0 || read > MOST_BYTES) {
      isAtEnd = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  private void tell(int bad) {
    if (sink == null || isTold) {
      return;
    }
    long inThis = chars.flip().chars().filter(c -> c == '\n').count();
    chars.position(chars.limit()).limit(chars.capacity());
    long before = sink.line();
    sink.at(line + inThis);
    sink.remark(
        String.format(
            Locale.ROOT, "the byte %02X is no %s; it is shown as %%%02X", bad, encoding, bad));
    sink.at(before);
    isTold = true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
