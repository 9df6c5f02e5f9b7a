package dev.nightjar.formats.results;

import dev.nightjar.formats.json.JsonDocument;
import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.json.JsonShape;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.formats.reading.ResultText;
import dev.nightjar.formats.reading.TextCursor;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON documents of a text: at its start, at a line's start behind what was logged before it,
 * and behind one another, where one stream took all of that.
 *
 * <p>The text is gone through once. At each line that may begin a document it is looked what begins
 * there; where that is none of a known tool, a whole document is passed over, and after anything
 * else the next line is tried. What is broken breaks soon, as depth and texts are bounded, so all
 * of that takes a time that grows with the text alone.
 */
final class JsonDocuments {
  private static final int LONGEST_LINE = 1 << 16;

  /** The first line of a document; {@code [INFO]} and {@code [1/3]} are of a log. */
  private static final Pattern BEGINNING =
      Pattern.compile("\\{\\s*(?:[\"}].*)?|\\[\\s*(?:[{\\]].*)?", Pattern.DOTALL);

  /** At the text's start also a list of numbers, which lies beside criterion's results. */
  private static final Pattern START = Pattern.compile("[{\\[].*", Pattern.DOTALL);

  private final ResultText file;
  private TextCursor text;
  private long linesBefore;

  /** Whether nothing but blanks stands before. */
  private boolean isAtStart = true;

  /** Whether a document ended in this line. */
  private boolean isBehindDocument;

  /** Whether the text begins with what looks like results, and may as well be another thing. */
  private boolean isFirstLike;

  /** Whether that is taken for results, as there is nothing else. */
  private boolean isFirstTaken;

  private boolean isOfAnotherFormat;
  private boolean isAnyRead;
  private boolean isAnyEmptyList;
  private int tried;
  private long firstBetween;
  private @Nullable JsonDocument damaged;

  /**
   * What was found.
   *
   * @param isAny whether a document of a known tool was read
   * @param isNothing whether there is a list of nothing instead
   * @param damaged the last one that broke before it told what it is; absent where none did
   * @param tried how many lines that may begin a document were tried in vain
   */
  record Found(boolean isAny, boolean isNothing, @Nullable JsonDocument damaged, int tried) {}

  private JsonDocuments(ResultText file, TextCursor text) {
    this.file = file;
    this.text = text;
  }

  /** Reads all of them, unless a line of another format comes first. */
  static Found read(ResultText file, ResultSink sink) throws IOException {
    JsonDocuments looked = new JsonDocuments(file, new TextCursor(file.open(null)));
    boolean isSure;
    try {
      isSure = looked.next() != null;
    } finally {
      looked.text.close();
    }
    if (!isSure && (looked.isOfAnotherFormat || !looked.isFirstLike)) {
      return new Found(false, looked.isAnyEmptyList, looked.damaged, looked.tried);
    }
    JsonDocuments documents = new JsonDocuments(file, new TextCursor(file.open(sink)));
    documents.isFirstTaken = !isSure;
    try {
      documents.readAll(sink);
    } finally {
      documents.text.close();
    }
    return new Found(true, false, null, 0);
  }

  private void readAll(ResultSink sink) throws IOException {
    boolean isRestTold = false;
    for (JsonFormats.Reading reading = next(); reading != null; reading = next()) {
      isAnyRead = true;
      damaged = null;
      long start = text.position();
      JsonDocument document = new JsonDocument(text, linesBefore);
      reading.read(document, sink);
      isRestTold = !document.isWhole();
      goOn(start, document);
    }
    JsonDocument rest = damaged;
    if (rest != null && !isRestTold) {
      tell(rest, sink);
    } else if (firstBetween > 0 && !isRestTold) {
      sink.at(firstBetween);
      sink.leftOut(null, "more follows where the document should end");
    }
  }

  /** Tells of a document that cannot be read further. */
  static void tell(JsonDocument damaged, ResultSink sink) {
    sink.at(damaged.damagedLine());
    sink.lost(null, "the rest of the file: " + damaged.damage());
  }

  /** Goes on to the next document of a known tool; absent if there is none. */
  private JsonFormats.@Nullable Reading next() throws IOException {
    for (String line = text.ahead(LONGEST_LINE); line != null; line = text.ahead(LONGEST_LINE)) {
      isOfAnotherFormat = !isAnyRead && isOfAnotherFormat(line);
      if (isOfAnotherFormat) {
        return null;
      }
      if (mayBegin(line)) {
        long start = text.position();
        JsonFormats.Reading reading = look(start, BEGINNING.matcher(line.strip()).matches());
        if (reading != null) {
          return reading;
        }
      } else {
        isAtStart &= line.isBlank();
        between(line);
        skipLine();
      }
    }
    return null;
  }

  private boolean mayBegin(String line) {
    String text = isAtStart || isBehindDocument ? line.stripLeading() : line;
    return (isAtStart ? START : BEGINNING).matcher(text).matches();
  }

  private void between(String line) {
    if (isAnyRead && firstBetween == 0 && !line.isBlank()) {
      firstBetween = linesBefore + 1;
    }
  }

  private void skipLine() throws IOException {
    isBehindDocument = false;
    text.skipLine();
    linesBefore++;
  }

  private static boolean isOfAnotherFormat(String line) {
    return GoTestJson.recognises(line) || GoBenchText.recognises(line) || CsvText.recognises(line);
  }

  /**
   * How to read what begins here, where the text then stands; if that is none of a known tool, it
   * stands behind it where it is whole, else at the next line.
   */
  private JsonFormats.@Nullable Reading look(long start, boolean isBeginning) throws IOException {
    JsonDocument document = new JsonDocument(text, linesBefore);
    JsonShape shape = JsonShape.of(document);
    JsonFormats.Reading reading = JsonFormats.reading(shape, file.file());
    boolean isFirst = isAtStart;
    isAtStart = false;
    backTo(start);
    if (reading != null && ((isFirst && isFirstTaken) || JsonFormats.isSure(shape))) {
      return reading;
    }
    isFirstLike |= isFirst && reading != null;
    tried += isBeginning ? 1 : 0;
    isAnyEmptyList |= shape.isEmptyList();
    between("{");
    if (!shape.isDamaged()) {
      JsonRecords.skip(document);
    }
    if (document.isWhole()) {
      goOn(start, document);
      return null;
    }
    if (document.isCut() || (isFirst && isBeginning)) {
      damaged = document;
    }
    if (text.reaches(start)) {
      text.back(start);
      skipLine();
    } else {
      goOn(start, document);
    }
    return null;
  }

  /** The text of a shape that takes long to be told is begun anew. */
  private void backTo(long earlier) throws IOException {
    if (text.reaches(earlier)) {
      text.back(earlier);
      return;
    }
    text.close();
    text = new TextCursor(file.open(null));
    text.skip(earlier);
  }

  /** Behind a document, or to the line in which it broke; behind its first line at the least. */
  private void goOn(long start, JsonDocument document) throws IOException {
    long on = start + document.characters();
    isBehindDocument = document.isWhole();
    linesBefore += document.lines();
    if (text.reaches(on)) {
      text.back(on);
    }
    if (!document.isWhole() && (document.characters() == 0 || text.position() != on)) {
      skipLine();
    }
  }
}
