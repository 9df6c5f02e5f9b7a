package dev.nightjar.gate.verdict;

import dev.nightjar.gate.decision.Acknowledgement;
import dev.nightjar.gate.decision.DamagedResults;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.decision.VerdictText;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The verdicts of a run as other tools read them: JUnit XML, SARIF 2.1.0, Markdown for a pull
 * request, JSON. Text in, text out; whatever comes from outside is escaped for its format.
 */
public final class VerdictWriters {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final int MOST_MARKDOWN_ROWS = 200;
  private static final int MOST_RELATED_PLACES = 5;

  /** The worst first. */
  private static final List<VerdictKind> ORDER =
      List.of(
          VerdictKind.REGRESSED,
          VerdictKind.FAILED,
          VerdictKind.STILL_REGRESSED,
          VerdictKind.MISSING,
          VerdictKind.INCONCLUSIVE,
          VerdictKind.IMPROVED,
          VerdictKind.NEW,
          VerdictKind.PASS);

  private VerdictWriters() {}

  /**
   * JSON, schema version 1: the decision, what a person should know of it, then every verdict.
   *
   * @param notes sentences
   */
  public static String json(List<Verdict> verdicts, GateDecision decision, List<String> notes) {
    return json(verdicts, decision, notes, FunctionFindings.NONE);
  }

  /** The same with the functions behind the verdicts. */
  public static String json(
      List<Verdict> verdicts,
      GateDecision decision,
      List<String> notes,
      FunctionFindings functions) {
    StringWriter text = new StringWriter();
    try {
      writeJson(verdicts, decision, notes, FilesAccount.NONE, functions, text);
    } catch (IOException e) {
      throw new IllegalStateException("writing JSON into memory failed", e);
    }
    return text.toString();
  }

  /**
   * The same, piece by piece as it is made: there may be much of it. The writer stays open.
   *
   * @param account of result files, which is told when anything was left out
   */
  public static void writeJson(
      List<Verdict> verdicts,
      GateDecision decision,
      List<String> notes,
      FilesAccount account,
      FunctionFindings functions,
      Writer text)
      throws IOException {
    try (JsonGenerator json = JSON.writerWithDefaultPrettyPrinter().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberProperty("version", 1);
      json.writeNumberProperty("exit_code", decision.exitCode());
      json.writeArrayPropertyStart("notes");
      notes.forEach(json::writeString);
      json.writeEndArray();
      if (account.leftOutCount() > 0) {
        json.writeNumberProperty("values", account.values());
        json.writeNumberProperty("left_out_count", account.leftOutCount());
        json.writeArrayPropertyStart("left_out");
        account.leftOut().forEach(json::writeString);
        json.writeEndArray();
      }
      json.writeArrayPropertyStart("verdicts");
      for (Verdict verdict : verdicts) {
        write(json, verdict, decision.acknowledged().get(verdict));
      }
      json.writeEndArray();
      functions.writeTo(json);
      json.writeEndObject();
    }
    text.write('\n');
    text.flush();
  }

  private static void write(JsonGenerator json, Verdict verdict, @Nullable Acknowledgement word) {
    json.writeStartObject();
    json.writeStringProperty("benchmark", verdict.series().benchmark().name());
    json.writeStringProperty("metric", verdict.series().benchmark().metric());
    json.writeStringProperty("unit", verdict.series().benchmark().unit());
    json.writeStringProperty("device", verdict.series().device().label());
    json.writeObjectPropertyStart("parameters");
    verdict.series().parameters().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeStringProperty("verdict", verdict.kind().word());
    json.writeBooleanProperty("acknowledged", word != null);
    write(json, "acknowledged_because", word == null ? null : word.reason());
    write(json, "effect", verdict.effect());
    write(json, "effect_low", verdict.effectLow());
    write(json, "effect_high", verdict.effectHigh());
    write(json, "confidence", verdict.confidence());
    write(json, "baseline", verdict.baseline());
    json.writeStringProperty("evidence", verdict.evidence());
    write(json, "suspected_cause", verdict.suspectedCause());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String text) {
    if (text == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  private static void write(JsonGenerator json, String name, @Nullable Double number) {
    if (number == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, number);
    }
  }

  /** SARIF 2.1.0: one result for every verdict that stands against the run or was accepted. */
  public static String sarif(List<Verdict> verdicts, GateDecision decision, String version) {
    return sarif(verdicts, decision, FunctionFindings.NONE, FindingPlaces.NONE, version);
  }

  /**
   * The same, each at the place of the function behind it where that is known, else at the file
   * that is most likely behind it.
   */
  public static String sarif(
      List<Verdict> verdicts,
      GateDecision decision,
      FunctionFindings functions,
      FindingPlaces places,
      String version) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    root.put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Nightjar");
    driver.put("semanticVersion", version);
    ArrayNode rules = driver.putArray("rules");
    for (VerdictKind kind : ORDER) {
      ObjectNode rule = rules.addObject();
      rule.put("id", ruleId(kind));
      rule.putObject("shortDescription").put("text", "Benchmark " + kind.word());
    }
    ArrayNode results = run.putArray("results");
    Set<Verdict> broken = new HashSet<>(decision.broken());
    Set<Verdict> warned = new HashSet<>(decision.undecided());
    warned.addAll(decision.acknowledged().keySet());
    warned.addAll(decision.open());
    for (Verdict verdict : verdicts) {
      String level =
          broken.contains(verdict) ? "error" : warned.contains(verdict) ? "warning" : null;
      if (level != null) {
        ObjectNode result = results.addObject();
        addResult(result, verdict, level, decision.acknowledged().get(verdict));
        locate(result, places.of(verdict));
        functions.explain(verdict, result);
      }
    }
    for (DamagedResults file : decision.damaged()) {
      ObjectNode result = results.addObject();
      addResult(result, file);
      locate(result, places.ofRun());
    }
    return root.toPrettyString() + "\n";
  }

  /** The likeliest file first: it is the one that is shown. */
  private static void locate(ObjectNode result, List<FilePlace> places) {
    if (places.isEmpty()) {
      return;
    }
    places.getFirst().describe((ObjectNode) result.path("locations").path(0));
    List<FilePlace> others = places.subList(1, Math.min(places.size(), 1 + MOST_RELATED_PLACES));
    if (!others.isEmpty()) {
      ArrayNode related = result.putArray("relatedLocations");
      others.forEach(place -> place.describe(related.addObject()));
    }
  }

  private static void addResult(
      ObjectNode result, Verdict verdict, String level, @Nullable Acknowledgement acknowledged) {
    String name = OutsideText.line(VerdictText.name(verdict.series()));
    ObjectNode place =
        begin(
            result,
            verdict.kind(),
            level,
            name + " " + verdict.kind().word() + ": " + message(verdict));
    ObjectNode logical = place.putArray("logicalLocations").addObject();
    logical.put("fullyQualifiedName", name);
    logical.put("kind", "function");
    result.putObject("partialFingerprints").put("nightjarSeries/v1", name);
    if (acknowledged != null) {
      result
          .putArray("suppressions")
          .addObject()
          .put("kind", "external")
          .put("justification", OutsideText.line(acknowledged.reason()));
    }
  }

  /** What stood in the file may be missing. */
  private static void addResult(ObjectNode result, DamagedResults file) {
    begin(
        result,
        VerdictKind.MISSING,
        "warning",
        "a result file could not be read as a whole: " + OutsideText.line(file.clause()));
  }

  /** Gives the place, to which more may be added. */
  private static ObjectNode begin(
      ObjectNode result, VerdictKind rule, String level, String message) {
    result.put("ruleId", ruleId(rule));
    result.put("ruleIndex", ORDER.indexOf(rule));
    result.put("level", level);
    result.putObject("message").put("text", message);
    return result.putArray("locations").addObject();
  }

  private static String ruleId(VerdictKind kind) {
    return "nightjar/" + kind.word().replace(' ', '-');
  }

  private static String message(Verdict verdict) {
    return VerdictText.effect(verdict) + ", " + OutsideText.line(VerdictText.grounds(verdict));
  }

  /** JUnit XML: a test case a series; regressed and failed fail, what is undecided is skipped. */
  public static String junitXml(List<Verdict> verdicts, GateDecision decision) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "nightjar");
      List<DamagedResults> damaged = decision.damaged();
      xml.writeAttribute("tests", Integer.toString(verdicts.size() + damaged.size()));
      Set<Verdict> against = new HashSet<>(decision.broken());
      against.addAll(decision.undecided());
      long failures = verdicts.stream().filter(v -> element(v, against).equals("failure")).count();
      long skipped = verdicts.stream().filter(v -> element(v, against).equals("skipped")).count();
      xml.writeAttribute("failures", Long.toString(failures + damaged.size()));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", Long.toString(skipped));
      for (Verdict verdict : verdicts) {
        writeCase(xml, verdict, against);
      }
      for (DamagedResults file : damaged) {
        writeCase(xml, file);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML into memory failed", e);
    }
    return text + "\n";
  }

  private static void writeCase(XMLStreamWriter xml, Verdict verdict, Set<Verdict> against)
      throws XMLStreamException {
    String element = element(verdict, against);
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "nightjar");
    xml.writeAttribute("name", OutsideText.line(VerdictText.name(verdict.series())));
    if (!element.isEmpty()) {
      xml.writeStartElement(element);
      xml.writeAttribute("message", verdict.kind().word() + ": " + message(verdict));
      if (element.equals("failure")) {
        xml.writeAttribute("type", verdict.kind().word()); // Surefire's schema requires it
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void writeCase(XMLStreamWriter xml, DamagedResults file)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "nightjar");
    xml.writeAttribute("name", "result files");
    xml.writeStartElement("failure");
    xml.writeAttribute("message", OutsideText.line("not read: " + file.clause()));
    xml.writeAttribute("type", "not read");
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static String element(Verdict verdict, Set<Verdict> against) {
    if (against.contains(verdict)) {
      return "failure";
    }
    return switch (verdict.kind()) {
      case MISSING, INCONCLUSIVE, NEW, REGRESSED, STILL_REGRESSED, FAILED -> "skipped";
      case PASS, IMPROVED -> "";
    };
  }

  /**
   * Markdown for a pull request comment: the decision, notes, then a table with the worst first.
   *
   * @param notes sentences
   */
  public static String markdown(List<Verdict> verdicts, GateDecision decision, List<String> notes) {
    return markdown(verdicts, decision, notes, FunctionFindings.NONE);
  }

  /** The same with the functions behind the verdicts below it. */
  public static String markdown(
      List<Verdict> verdicts,
      GateDecision decision,
      List<String> notes,
      FunctionFindings functions) {
    Map<VerdictKind, Integer> counts = new EnumMap<>(VerdictKind.class);
    verdicts.forEach(verdict -> counts.merge(verdict.kind(), 1, Integer::sum));
    StringBuilder text = new StringBuilder("### Benchmarks: ");
    text.append(heading(decision, counts)).append("\n\n").append(summary(counts)).append(".\n");
    if (counts.containsKey(VerdictKind.INCONCLUSIVE)) {
      text.append(
          "The row of what is inconclusive says what it lacks: runs, quiet ones, or time to"
              + " measure.\n");
    }
    notes.forEach(note -> text.append("\n- ").append(OutsideText.markdown(note)));
    text.append(notes.isEmpty() ? "" : "\n");
    if (!verdicts.isEmpty()) {
      text.append("\n| | benchmark | effect | grounds |\n|---|---|---|---|\n");
    }
    verdicts.stream()
        .sorted(Comparator.comparingInt(verdict -> ORDER.indexOf(verdict.kind())))
        .limit(MOST_MARKDOWN_ROWS)
        .forEach(verdict -> text.append(row(verdict, decision)));
    if (verdicts.size() > MOST_MARKDOWN_ROWS) {
      text.append("\n").append(verdicts.size() - MOST_MARKDOWN_ROWS).append(" more not shown.\n");
    }
    return text.append(functions.markdown()).toString();
  }

  /** "Passed" stands over nothing that is undecided, and over nothing that nobody compared. */
  private static String heading(GateDecision decision, Map<VerdictKind, Integer> counts) {
    int undecided = counts.getOrDefault(VerdictKind.INCONCLUSIVE, 0);
    int still = counts.getOrDefault(VerdictKind.STILL_REGRESSED, 0);
    boolean isCompared =
        counts.containsKey(VerdictKind.PASS) || counts.containsKey(VerdictKind.IMPROVED);
    return switch (decision.exitCode()) {
      case GateDecision.FOUND -> "regressed or failed";
      case GateDecision.PASSED ->
          still > 0
              ? "no new regression, " + still + " still regressed"
              : undecided > 0
                  ? "no regression shown, " + undecided + " undecided"
                  : isCompared ? "passed" : "nothing compared";
      default -> "no verdict";
    };
  }

  private static String summary(Map<VerdictKind, Integer> counts) {
    List<String> summary = new ArrayList<>();
    for (VerdictKind kind : ORDER) {
      if (counts.containsKey(kind)) {
        summary.add(counts.get(kind) + " " + kind.word());
      }
    }
    return summary.isEmpty() ? "Nothing to judge" : String.join(", ", summary);
  }

  private static String row(Verdict verdict, GateDecision decision) {
    Acknowledgement word = decision.acknowledged().get(verdict);
    String kind = verdict.kind().word() + (word == null ? "" : ", acknowledged");
    String grounds =
        VerdictText.grounds(verdict)
            + (word == null ? "" : "; acknowledged until " + word.expires() + ": " + word.reason());
    return "| "
        + kind
        + " | "
        + OutsideText.markdown(VerdictText.name(verdict.series()))
        + " | "
        + VerdictText.effect(verdict)
        + " | "
        + OutsideText.markdown(grounds)
        + " |\n";
  }
}
