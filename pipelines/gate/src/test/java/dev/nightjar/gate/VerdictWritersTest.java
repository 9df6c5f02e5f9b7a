package dev.nightjar.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerdictWritersTest {
  private static final String HOSTILE =
      "a|b\n| x | <img src=x onerror=alert(1)> @admin #1 [l](http://e.vil) `c` ]]> & \u0000\u0007\ufffe\u202e";

  private static Verdict verdict(String name, VerdictKind kind) {
    return new Verdict(
        SeriesFixtures.series(name), kind, 0.031, 0.022, 0.04, 0.99, "9 runs", "much", "commit x");
  }

  private static GateDecision decide(List<Verdict> verdicts) {
    return GateDecision.of(verdicts, GatePolicy.DEFAULT);
  }

  private static Document parsed(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static final List<Verdict> ALL =
      List.of(
          verdict("same", VerdictKind.PASS),
          verdict("slow", VerdictKind.REGRESSED),
          verdict("gone", VerdictKind.MISSING),
          verdict("fresh", VerdictKind.NEW),
          verdict("open", VerdictKind.INCONCLUSIVE));

  @Test
  void junitFailsWhatStandsAgainstTheRun() throws Exception {
    Element suite = parsed(VerdictWriters.junitXml(ALL, decide(ALL))).getDocumentElement();
    assertEquals("5", suite.getAttribute("tests"));
    assertEquals("2", suite.getAttribute("failures"));
    assertEquals("2", suite.getAttribute("skipped"));
    assertEquals(2, suite.getElementsByTagName("failure").getLength());
    String message =
        ((Element) suite.getElementsByTagName("failure").item(0)).getAttribute("message");
    assertTrue(message.startsWith("regressed: +3.1 % (+2.2 … +4.0 %)"), message);
  }

  @Test
  void sarifNamesLevelRuleAndPlace() {
    JsonNode root =
        JsonMapper.builder().build().readTree(VerdictWriters.sarif(ALL, decide(ALL), "0.1.0"));
    assertEquals("2.1.0", root.get("version").asString());
    JsonNode results = root.at("/runs/0/results");
    assertEquals(2, results.size());
    assertEquals("error", results.get(0).get("level").asString());
    assertEquals("nightjar/regressed", results.get(0).get("ruleId").asString());
    int index = results.get(0).get("ruleIndex").asInt();
    assertEquals(
        "nightjar/regressed", root.at("/runs/0/tool/driver/rules/" + index + "/id").asString());
    assertEquals("warning", results.get(1).get("level").asString());
  }

  @Test
  void jsonKeepsNumbersAndNulls() {
    List<Verdict> verdicts =
        List.of(
            ALL.getFirst(),
            new Verdict(
                SeriesFixtures.series(HOSTILE),
                VerdictKind.NEW,
                null,
                null,
                null,
                null,
                null,
                "e",
                null));
    JsonNode root =
        JsonMapper.builder().build().readTree(VerdictWriters.json(verdicts, decide(verdicts)));
    assertEquals(0, root.get("exit_code").asInt());
    assertEquals(0.031, root.at("/verdicts/0/effect").asDouble());
    assertTrue(root.at("/verdicts/1/effect").isNull());
    assertEquals(HOSTILE, root.at("/verdicts/1/benchmark").asString());
  }

  @Test
  void markdownShowsTheWorstFirst() {
    String text = VerdictWriters.markdown(ALL, decide(ALL));
    assertTrue(text.startsWith("### Benchmarks: regressed or failed\n"), text);
    assertTrue(text.indexOf("slow") < text.indexOf("gone"));
    assertTrue(text.indexOf("gone") < text.indexOf("same"));
    assertTrue(text.contains("1 regressed, 1 missing, 1 inconclusive, 1 new, 1 pass."), text);
  }

  @Test
  void hostileNamesStayText() throws Exception {
    List<Verdict> verdicts = List.of(verdict(HOSTILE, VerdictKind.REGRESSED));
    String markdown = VerdictWriters.markdown(verdicts, decide(verdicts));
    assertEquals(7, markdown.lines().count(), markdown);
    assertFalse(markdown.contains("<img"), markdown);
    assertFalse(markdown.contains("@admin"), markdown);
    assertFalse(markdown.contains("#1"), markdown);
    assertFalse(markdown.contains("http://"), markdown);
    assertFalse(markdown.contains("\u202e"), markdown);
    assertFalse(markdown.replace("\\`", "").contains("`"), markdown);
    assertEquals(
        5,
        markdown
            .lines()
            .toList()
            .getLast()
            .replace("\\|", "")
            .chars()
            .filter(c -> c == '|')
            .count());
    Element suite =
        parsed(VerdictWriters.junitXml(verdicts, decide(verdicts))).getDocumentElement();
    String name = ((Element) suite.getElementsByTagName("testcase").item(0)).getAttribute("name");
    assertTrue(name.contains("<img src=x onerror=alert(1)>"), name);
  }

  @Property(tries = 300)
  void anyNameGivesWellFormedOutput(@ForAll String name) throws Exception {
    List<Verdict> verdicts = List.of(verdict(name, VerdictKind.FAILED));
    GateDecision decision = decide(verdicts);
    assertEquals(
        1,
        parsed(VerdictWriters.junitXml(verdicts, decision))
            .getElementsByTagName("testcase")
            .getLength());
    assertEquals(7, VerdictWriters.markdown(verdicts, decision).lines().count());
    JsonMapper.builder().build().readTree(VerdictWriters.sarif(verdicts, decision, "1"));
    JsonMapper.builder().build().readTree(VerdictWriters.json(verdicts, decision));
  }
}
