package dev.nightjar.formats.reading;

import dev.nightjar.model.file.InputFile;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a result file: the one place that decides how its bytes are read. A byte-order mark
 * decides, then zeros as only UTF-16 has them, then what an XML declaration says, else it is UTF-8.
 */
public final class ResultText {
  public static final long MOST_BYTES = 256L << 20;
  private static final int LOOKED_AT = 512;
  private static final Pattern DECLARED =
      Pattern.compile(
          "<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  private final InputFile content;
  private final Path file;
  private final Charset charset;
  private final int markBytes;
  private final @Nullable String unknownCharset;

  private ResultText(
      InputFile content,
      Path file,
      Charset charset,
      int markBytes,
      @Nullable String unknownCharset) {
    this.content = content;
    this.file = file;
    this.charset = charset;
    this.markBytes = markBytes;
    this.unknownCharset = unknownCharset;
  }

  /** The text of a file of results. */
  public static ResultText of(Path file) throws IOException {
    return of(InputFile.of(file, MOST_BYTES), file);
  }

  /**
   * The text of a file that is read within other bounds.
   *
   * @param file what it is called
   */
  public static ResultText of(InputFile content, Path file) throws IOException {
    byte[] start;
    try (InputStream in = content.stream()) {
      start = in.readNBytes(LOOKED_AT);
    }
    if (has(start, 0xEF, 0xBB, 0xBF)) {
      return new ResultText(content, file, StandardCharsets.UTF_8, 3, null);
    }
    if (has(start, 0xFF, 0xFE, 0, 0)) {
      return new ResultText(content, file, UTF_32LE, 4, null);
    }
    if (has(start, 0, 0, 0xFE, 0xFF)) {
      return new ResultText(content, file, UTF_32BE, 4, null);
    }
    if (has(start, 0xFF, 0xFE)) {
      return new ResultText(content, file, StandardCharsets.UTF_16LE, 2, null);
    }
    if (has(start, 0xFE, 0xFF)) {
      return new ResultText(content, file, StandardCharsets.UTF_16BE, 2, null);
    }
    if (start.length >= 4 && start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0) {
      return new ResultText(content, file, StandardCharsets.UTF_16LE, 0, null);
    }
    if (start.length >= 4 && start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0) {
      return new ResultText(content, file, StandardCharsets.UTF_16BE, 0, null);
    }
    return declared(content, file, start);
  }

  private static boolean has(byte[] start, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= start.length || (start[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static ResultText declared(InputFile content, Path file, byte[] start) {
    Matcher matcher = DECLARED.matcher(new String(start, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      return new ResultText(content, file, StandardCharsets.UTF_8, 0, null);
    }
    String name = matcher.group(1);
    try {
      Charset charset = Charset.forName(name);
      // What says so in single bytes is in single bytes, whatever it says.
      boolean isWide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
      return new ResultText(content, file, isWide ? StandardCharsets.UTF_8 : charset, 0, null);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return new ResultText(content, file, StandardCharsets.UTF_8, 0, name);
    }
  }

  /**
   * The text from its start.
   *
   * @param sink is told what cannot be decoded; absent for a look that is not the reading itself
   */
  public Reader open(@Nullable ResultSink sink) throws IOException {
    if (sink != null && unknownCharset != null) {
      sink.at(1);
      sink.remark(
          "it declares the encoding '" + unknownCharset + "', which is not known; read as UTF-8");
    }
    InputStream in = new BufferedInputStream(content.stream(), 1 << 16);
    in.skipNBytes(markBytes);
    return new BufferedReader(new DecodedText(in, charset, sink), 1 << 15);
  }

  /**
   * The whole text of a file within a bound on its characters.
   *
   * @param undecodable takes a sentence where bytes are none of the encoding
   */
  public String whole(int mostCharacters, Consumer<String> undecodable) throws IOException {
    ResultSink sink = new ResultSink();
    sink.begin(file.toString());
    StringBuilder text = new StringBuilder();
    char[] part = new char[1 << 13];
    try (Reader reader = open(sink)) {
      for (int count = reader.read(part);
          count >= 0 && text.length() <= mostCharacters;
          count = reader.read(part)) {
        text.append(part, 0, count);
      }
    }
    sink.results().ledger().remarks().forEach(remark -> undecodable.accept(remark + "."));
    return text.toString();
  }

  public Path file() {
    return file;
  }
}
