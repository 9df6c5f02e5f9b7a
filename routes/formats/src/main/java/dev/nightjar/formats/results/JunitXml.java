package dev.nightjar.formats.results;

import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.DurationText;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.formats.reading.ResultText;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The durations of JUnit's XML reports, in the dialects of Surefire, Gradle, pytest, CTest, Catch2
 * and GoogleTest. Document types and entities are refused, so that a file reads nothing but itself;
 * a case that failed or was not run has no duration to compare. What failed outside of a case is
 * its suite.
 */
final class JunitXml {
  private static final int DEEPEST = 64;

  /** In {@code status} and {@code result}. */
  private static final Set<String> NOT_RUN =
      Set.of("notrun", "disabled", "suppressed", "skipped", "ignored", "pending", "inconclusive");

  private static final Set<String> FAILED = Set.of("fail", "failed", "failure", "error", "broken");

  /** {@code 1.250} may be more than a thousand. */
  private static final Pattern MAY_BE_GROUPED = Pattern.compile("[1-9]\\d{0,2}\\.\\d{3}");

  private final ResultSink sink;
  private final Deque<Suite> suites = new ArrayDeque<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private DurationText.Style style = DurationText.Style.UNKNOWN;
  private boolean isMixed;
  private @Nullable Case open;
  private int cases;

  private record Suite(String name, String host) {}

  /** A duration of which only the rest of the file tells what it means. */
  private record Waiting(Measured measured, String time, long line) {}

  private static final class Case {
    private final Measured measured;
    private final String time;
    private final long line;
    private boolean isOver;

    Case(Measured measured, String time, long line) {
      this.measured = measured;
      this.time = time;
      this.line = line;
    }
  }

  private JunitXml(ResultSink sink) {
    this.sink = sink;
  }

  static void read(ResultText text, ResultSink sink) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty("javax.xml.stream.isReplacingEntityReferences", false);
    JunitXml junit = new JunitXml(sink);
    try (Reader in = new WithoutControls(text.open(sink))) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      try {
        junit.elements(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      String reason = String.valueOf(e.getMessage()).replaceFirst("(?s).*Message: ", "");
      sink.at(Math.max(0, line));
      sink.lost(null, "the rest of the file: " + reason.split("\n", 2)[0]);
    }
    junit.takeWaiting();
  }

  /** Coloured output in a message is no XML, and no reason to lose the cases behind it. */
  private static final class WithoutControls extends FilterReader {
    private boolean isAtStart = true;

    WithoutControls(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (isAtStart) {
        while (count > 0 && Character.isWhitespace(into[offset])) {
          // Nothing may stand before an XML declaration, but logs leave empty lines there.
          System.arraycopy(into, offset + 1, into, offset, --count);
          if (count == 0) {
            count = super.read(into, offset, length);
          }
        }
        isAtStart = false;
      }
      for (int i = offset; i < offset + count; i++) {
        char c = into[i];
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
          into[i] = '?';
        }
      }
      return count;
    }
  }

  private void elements(XMLStreamReader reader) throws XMLStreamException {
    int depth = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.DTD || depth > DEEPEST) {
        sink.at(reader.getLocation().getLineNumber());
        sink.lost(
            null, depth > DEEPEST ? "it is nested too deeply" : "it declares a document type");
        return;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        begin(reader);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        end(reader.getLocalName());
      }
    }
    if (cases == 0 && sink.isFileSilent()) {
      sink.at(0);
      sink.leftOut(null, "it holds no test case");
    }
  }

  private void begin(XMLStreamReader reader) {
    switch (reader.getLocalName()) {
      case "testsuite", "testsuites" -> {
        suites.push(new Suite(attribute(reader, "name"), attribute(reader, "hostname")));
        learn(attribute(reader, "time"));
      }
      case "testcase" -> beginCase(reader);
      case "failure", "error" -> failed(reader);
      case "skipped", "disabled" -> notRun(reader, attribute(reader, "message"));
      default -> {} // properties, output and what other tools add
    }
  }

  private void end(String element) {
    Case ended = open;
    if (element.startsWith("testsuite") && !suites.isEmpty()) {
      suites.pop();
    } else if (element.equals("testcase") && ended != null) {
      open = null;
      if (!ended.isOver) {
        sink.at(ended.line);
        duration(ended.measured, ended.time, ended.line);
      }
    }
  }

  private void beginCase(XMLStreamReader reader) {
    long line = reader.getLocation().getLineNumber();
    String className = attribute(reader, "classname");
    String name = attribute(reader, "name");
    cases++;
    sink.at(line);
    try {
      Measured measured = new Measured(sink, className.isEmpty() ? name : className + "." + name);
      Suite suite = suites.peek();
      if (suite != null) {
        measured.under("suite", suite.name()).under("host", suite.host());
      }
      open = new Case(measured, attribute(reader, "time"), line);
      String status = attribute(reader, "status").toLowerCase(Locale.ROOT);
      String result = attribute(reader, "result").toLowerCase(Locale.ROOT);
      if (NOT_RUN.contains(status) || NOT_RUN.contains(result)) {
        notRun(reader, NOT_RUN.contains(status) ? status : result);
      } else if (FAILED.contains(status) || FAILED.contains(result)) {
        over(true, "the case failed");
      }
    } catch (BadRecord e) {
      e.tell(sink);
      open = null;
    }
  }

  private void failed(XMLStreamReader reader) {
    sink.at(reader.getLocation().getLineNumber());
    String message = attribute(reader, "message");
    if (open != null) {
      over(true, message.isBlank() ? "the case failed" : message.strip());
      return;
    }
    Suite suite = suites.peek();
    try {
      new Measured(sink, suite == null || suite.name().isBlank() ? "the test suite" : suite.name())
          .failed(message.isBlank() ? "it failed outside of its cases" : message.strip());
    } catch (BadRecord e) {
      e.tell(sink);
    }
  }

  private void notRun(XMLStreamReader reader, String reason) {
    sink.at(reader.getLocation().getLineNumber());
    over(false, "it was not run" + (reason.isBlank() ? "" : ": " + reason.strip()));
  }

  private void over(boolean isFailure, String reason) {
    Case of = open;
    if (of == null || (of.isOver && !isFailure)) {
      return;
    }
    if (isFailure) {
      of.measured.failed(reason);
    } else {
      of.measured.leftOut(reason);
    }
    of.isOver = true;
  }

  private void learn(String time) {
    DurationText.Style told = DurationText.style(time);
    if (told != DurationText.Style.UNKNOWN) {
      isMixed |= style != DurationText.Style.UNKNOWN && style != told;
      style = told;
    }
  }

  private void duration(Measured measured, String time, long line) {
    if (time.isBlank()) {
      measured.leftOut("it has no time");
      return;
    }
    learn(time);
    boolean isPlain = time.indexOf(',') < 0 && !MAY_BE_GROUPED.matcher(time).matches();
    if (isPlain || DurationText.style(time) != DurationText.Style.UNKNOWN) {
      take(measured, time, style);
    } else {
      waiting.add(new Waiting(measured, time, line));
    }
  }

  private void takeWaiting() {
    for (Waiting one : waiting) {
      sink.at(one.line());
      take(one.measured(), one.time(), isMixed ? DurationText.Style.UNKNOWN : style);
    }
  }

  private static void take(Measured measured, String time, DurationText.Style style) {
    try {
      double seconds = DurationText.parsed(time, style);
      if (seconds < 0) {
        measured.leftOut("its time is negative");
      } else {
        measured.lower("time", "s", seconds);
      }
    } catch (BadRecord e) {
      measured.leftOut(e.reason());
    }
  }

  private static String attribute(XMLStreamReader reader, String name) {
    String value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
