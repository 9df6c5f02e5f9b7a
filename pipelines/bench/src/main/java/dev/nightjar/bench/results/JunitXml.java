package dev.nightjar.bench.results;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The durations of JUnit's XML reports. Document types and entities are refused, so that a file
 * reads nothing but itself; a case that failed or was skipped has no duration to compare.
 */
final class JunitXml {
  private static final int DEEPEST = 64;

  private JunitXml() {}

  static void read(Path file, ResultSink sink) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty("javax.xml.stream.isReplacingEntityReferences", false);
    // Decoded here, as the JDK's parser prints to the error stream what it cannot decode.
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (Reader in =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      try {
        cases(reader, sink);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      String reason = String.valueOf(e.getMessage()).replaceFirst("(?s).*Message: ", "");
      sink.leftOut(Math.max(0, line), null, reason.split("\n", 2)[0]);
    }
  }

  private static void cases(XMLStreamReader reader, ResultSink sink) throws XMLStreamException {
    int depth = 0;
    boolean failed = false;
    String name = "";
    String time = "";
    long line = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.DTD) {
        sink.leftOut(reader.getLocation().getLineNumber(), null, "it declares a document type");
        return;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (++depth > DEEPEST) {
          sink.leftOut(reader.getLocation().getLineNumber(), null, "it is nested too deeply");
          return;
        }
        String element = reader.getLocalName();
        if (element.equals("testcase")) {
          name = nameOf(reader);
          time = String.valueOf(reader.getAttributeValue(null, "time"));
          line = reader.getLocation().getLineNumber();
          failed = false;
        } else if (element.equals("failure") || element.equals("error")) {
          sink.failed(reader.getLocation().getLineNumber(), name, reasonOf(reader));
          failed = true;
        } else if (element.equals("skipped")) {
          failed = true;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        if (reader.getLocalName().equals("testcase") && !failed) {
          duration(name, time, line, sink);
        }
      }
    }
  }

  private static String reasonOf(XMLStreamReader reader) {
    String message = reader.getAttributeValue(null, "message");
    return message == null || message.isBlank() ? "the case failed" : message.strip();
  }

  private static String nameOf(XMLStreamReader reader) {
    String className = reader.getAttributeValue(null, "classname");
    String name = String.valueOf(reader.getAttributeValue(null, "name"));
    return className == null || className.isEmpty() ? name : className + "." + name;
  }

  private static void duration(String name, String time, long line, ResultSink sink) {
    try {
      // Surefire puts commas between thousands.
      new Measured(sink, name).lower("time", "s", JsonFormats.parsed(time.replace(",", "")));
    } catch (BadRecord e) {
      sink.leftOut(line, null, "'" + name + "': " + e.getMessage());
    }
  }
}
