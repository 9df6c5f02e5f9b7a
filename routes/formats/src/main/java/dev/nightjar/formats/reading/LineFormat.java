package dev.nightjar.formats.reading;

/** A format of one record a line. */
public interface LineFormat {
  /** A line that is not blank; where it stands, the sink knows. */
  void line(String line);

  /**
   * Whether a file may end with this line though no line feed follows: where a tool always writes
   * one, the line is cut off, and a number at its end is another one.
   */
  boolean mayEndWith(String line);

  /** The file is read: what had to wait for the rest of it is told now. */
  void end();
}
