package dev.nightjar.formats.results;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BoundedLines;
import dev.nightjar.formats.reading.ResultText;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.regex.Pattern;

/**
 * Finds the JSON document that begins at a line's start behind what was logged before it, where one
 * stream took both. Nothing is looked for within a document that begins with the text.
 */
final class LoggedBefore {
  private static final int LONGEST_LINE = 1 << 16;
  private static final long MOST_CHARACTERS = 1 << 20;

  /** How often the text is read up to a line to see what begins there. */
  private static final int MOST_LOOKS = 100;

  /** The first line of a document; {@code [INFO]} and {@code [12:30]} are of a log. */
  private static final Pattern FIRST_LINE = Pattern.compile("[{\\[]\\s*(?:[\"{\\[}\\]].*)?");

  private final ResultText text;
  private int looks;

  LoggedBefore(ResultText text) {
    this.text = text;
  }

  /** How many characters stand before it; 0 if there is none before a line of another format. */
  long characters() throws IOException {
    try (Reader reader = text.open(null)) {
      BoundedLines lines = new BoundedLines(reader, LONGEST_LINE);
      String line = lines.next();
      while (line != null && line.isBlank()) {
        line = lines.next();
      }
      boolean isDocument = line != null && isFirstLine(line) && shape(line).damagedLine() > 0;
      while (line != null && !isDocument && isLog(line) && lines.start() <= MOST_CHARACTERS) {
        line = lines.next();
        if (line != null && beginsWith(line, lines.start())) {
          return lines.start();
        }
      }
    }
    return 0;
  }

  private static boolean isFirstLine(String line) {
    return FIRST_LINE.matcher(line).matches();
  }

  private static JsonRecords.Shape shape(String line) {
    return JsonRecords.shape(new StringReader(line));
  }

  private static boolean isLog(String line) {
    return !GoTestJson.recognises(line)
        && !GoBenchText.recognises(line)
        && !CsvText.recognises(line);
  }

  private boolean beginsWith(String line, long start) throws IOException {
    if (!isFirstLine(line)) {
      return false;
    }
    JsonRecords.Shape ofLine = shape(line);
    if (ofLine.damagedLine() == 0 || JsonFormats.isSure(ofLine, text)) {
      return JsonFormats.isSure(ofLine, text);
    }
    return looks++ < MOST_LOOKS && JsonFormats.isSure(JsonRecords.shape(text.from(start)), text);
  }
}
