package dev.nightjar.formats.json;

import java.io.Reader;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** A JSON document where it stands in a text, and, once it was read, where it ended. */
public final class JsonDocument {
  private final Reader text;
  private final long linesBefore;
  private long characters;
  private long lines;
  private long damagedLine;
  private String damage = "";
  private boolean isWhole;
  private boolean isCut;

  /**
   * A document that begins where the text stands.
   *
   * @param linesBefore how many lines of the file stand before
   */
  public JsonDocument(Reader text, long linesBefore) {
    this.text = text;
    this.linesBefore = linesBefore;
  }

  Reader text() {
    return text;
  }

  /** The line of the file, from 1; 0 where it is not known. */
  long line(TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1 ? 0 : linesBefore + location.getLineNr();
  }

  /** It was read to its end. */
  void ended(TokenStreamLocation behind) {
    isWhole = true;
    characters = behind.getCharOffset();
    lines = behind.getLineNr() - 1L;
  }

  /** It cannot be read further; what follows begins with the line where that is. */
  void broke(JacksonException e) {
    TokenStreamLocation where = e.getLocation();
    damagedLine = line(where);
    damage = reason(e);
    isCut = e instanceof UnexpectedEndOfInputException;
    boolean isKnown = where != null && where.getCharOffset() >= 0 && where.getLineNr() > 0;
    characters = isKnown ? where.getCharOffset() - Math.max(0, where.getColumnNr() - 1) : 0;
    lines = isKnown ? where.getLineNr() - 1L : 0;
  }

  private static String reason(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage()).split("\n", 2)[0];
    return message.replaceFirst(" \\(start marker at \\[Source: .*", ""); // it names no place
  }

  /** Whether it has been read to its end. */
  public boolean isWhole() {
    return isWhole;
  }

  /** Whether the text ends within it. */
  public boolean isCut() {
    return isCut;
  }

  /** Why it could not be read further; empty if it could. */
  public String damage() {
    return damage;
  }

  /** Where that is; 0 where it is not known. */
  public long damagedLine() {
    return damagedLine;
  }

  /** How many characters it took, or stand before the line in which it broke. */
  public long characters() {
    return characters;
  }

  /** How many lines ended within these. */
  public long lines() {
    return lines;
  }
}
