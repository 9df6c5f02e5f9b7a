package dev.nightjar.site.download;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it. Text that a spreadsheet would run as a formula is led by an apostrophe
 * (OWASP, "CSV injection"); numbers are not, so that they stay numbers.
 */
public final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private final Writer out;
  private boolean rowBegun;

  /** Written to the end of this. */
  public Csv(Writer out) {
    this.out = out;
  }

  /** A row of column names, which are the program's own. */
  public void heads(String... names) throws IOException {
    for (String name : names) {
      cell(name);
    }
    end();
  }

  /** A cell of text from anywhere; absent is empty. */
  public Csv text(@Nullable String text) throws IOException {
    if (text == null || text.isEmpty()) {
      return cell("");
    }
    boolean formula =
        FORMULA_STARTS.indexOf(
                    text.stripLeading().isEmpty() ? text.charAt(0) : text.stripLeading().charAt(0))
                >= 0
            || FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return cell(formula ? "'" + text : text);
  }

  /** A cell of a number; absent is empty, never zero. */
  public Csv number(@Nullable Number number) throws IOException {
    return cell(number == null ? "" : number.toString());
  }

  /** A cell of a moment in ISO 8601; absent is empty. */
  public Csv moment(@Nullable Instant moment) throws IOException {
    return cell(moment == null ? "" : moment.toString());
  }

  /** Ends a row. */
  public void end() throws IOException {
    out.write("\r\n");
    rowBegun = false;
  }

  private Csv cell(String text) throws IOException {
    if (rowBegun) {
      out.write(',');
    }
    rowBegun = true;
    String whole = text.replace("\0", "\u2400");
    if (whole.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')) {
      out.write('"');
      out.write(whole.replace("\"", "\"\""));
      out.write('"');
    } else {
      out.write(whole);
    }
    return this;
  }
}
