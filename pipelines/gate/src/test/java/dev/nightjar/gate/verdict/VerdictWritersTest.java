package dev.nightjar.gate.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightjar.gate.decision.Acknowledgement;
import dev.nightjar.gate.decision.DamagedResults;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.decision.SeriesFixtures;
import dev.nightjar.gate.decision.VerdictText;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerdictWritersTest {
  private static final long SEED = 29;

  private static final String HOSTILE =
      "a|b\n"
          + "| x | <img src=x onerror=alert(1)> @admin #1 [l](http://e.vil) `c` ]]> &"
          + " \u0000\u0007\ufffe\u202e";

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
  void whatIsStillSlowIsSaidInEveryFormatWhetherItFailsOrNot() throws Exception {
    List<Verdict> still = List.of(verdict("slow", VerdictKind.STILL_REGRESSED));
    for (boolean isInherited : new boolean[] {false, true}) {
      GateDecision decision =
          GateDecision.of(
              still,
              false,
              isInherited ? Set.of(still.getFirst().series()) : Set.of(),
              List.of(),
              GatePolicy.DEFAULT,
              List.of(),
              LocalDate.MIN);
      Element suite = parsed(VerdictWriters.junitXml(still, decision)).getDocumentElement();
      assertEquals(isInherited ? "0" : "1", suite.getAttribute("failures"));
      assertEquals(isInherited ? "1" : "0", suite.getAttribute("skipped"));
      JsonNode result =
          JsonMapper.shared()
              .readTree(VerdictWriters.sarif(still, decision, "0.1.0"))
              .at("/runs/0/results/0");
      assertEquals(isInherited ? "warning" : "error", result.get("level").asString());
      assertEquals("nightjar/still-regressed", result.get("ruleId").asString());
      String markdown = VerdictWriters.markdown(still, decision, List.of());
      assertTrue(
          markdown.contains(
              isInherited ? "no new regression, 1 still regressed" : "regressed or failed"),
          markdown);
      assertTrue(
          VerdictWriters.json(still, decision, List.of())
              .contains("\"verdict\" : \"still regressed\""));
    }
  }

  @Test
  void aDamagedFileStandsInEveryFormat() throws Exception {
    List<Verdict> fresh = List.of(verdict("a", VerdictKind.NEW));
    GateDecision decision =
        GateDecision.of(
            fresh,
            List.of(new DamagedResults("a<b.json:3: the rest\u0007", Set.of())),
            GatePolicy.DEFAULT,
            List.of(),
            LocalDate.MIN);
    Element suite = parsed(VerdictWriters.junitXml(fresh, decision)).getDocumentElement();
    assertEquals("2", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertTrue(failure.getAttribute("message").startsWith("not read: a<b.json:3: the rest"));
    JsonNode result =
        JsonMapper.shared()
            .readTree(VerdictWriters.sarif(fresh, decision, "0.1.0"))
            .at("/runs/0/results/0");
    assertEquals("warning", result.get("level").asString());
    assertEquals("nightjar/missing", result.get("ruleId").asString());
    assertTrue(result.at("/message/text").asString().contains("a<b.json:3: the rest"));
    assertTrue(VerdictWriters.markdown(fresh, decision, List.of()).contains("no verdict"));
    assertTrue(VerdictWriters.json(fresh, decision, List.of()).contains("\"exit_code\" : 3"));
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
  void sarifPointsAtTheFileMostLikelyBehind() {
    FindingPlaces places =
        new FindingPlaces() {
          @Override
          public List<FilePlace> of(Verdict verdict) {
            return List.of(new FilePlace("src/a b.c", 12, 14), new FilePlace("src/c.c", 1, 1));
          }

          @Override
          public List<FilePlace> ofRun() {
            return List.of(new FilePlace("data.json", 1, 1));
          }
        };
    GateDecision decision =
        GateDecision.of(
            ALL,
            List.of(new DamagedResults("data.json:3: the rest", Set.of())),
            GatePolicy.DEFAULT,
            List.of(),
            LocalDate.MIN);
    String sarif = VerdictWriters.sarif(ALL, decision, FunctionFindings.NONE, places, "1");
    assertEquals(List.of(), wrongIn(sarif));
    JsonNode results = JsonMapper.shared().readTree(sarif).at("/runs/0/results");
    JsonNode place = results.path(0).at("/locations/0/physicalLocation");
    assertEquals("src/a%20b.c", place.at("/artifactLocation/uri").asString());
    assertEquals(12, place.at("/region/startLine").asInt());
    assertEquals(
        "src/c.c",
        results.path(0).at("/relatedLocations/0/physicalLocation/artifactLocation/uri").asString());
    assertEquals(
        "data.json",
        results
            .path(results.size() - 1)
            .at("/locations/0/physicalLocation/artifactLocation/uri")
            .asString());
    assertFalse(VerdictWriters.sarif(ALL, decision, "1").contains("nightjar.yaml"));
    JsonNode issues =
        JsonMapper.shared()
            .readTree(CodeQuality.json(ALL, decision, FunctionFindings.NONE, places));
    assertEquals(2, issues.size(), "what regressed, and what is missing");
    assertEquals("major", issues.path(0).path("severity").asString());
    assertEquals("src/a b.c", issues.path(0).at("/location/path").asString());
    assertEquals(12, issues.path(0).at("/location/lines/begin").asInt());
    assertEquals("minor", issues.path(1).path("severity").asString());
    assertEquals(
        0,
        JsonMapper.shared()
            .readTree(CodeQuality.json(ALL, decision, FunctionFindings.NONE, FindingPlaces.NONE))
            .size());
  }

  /** By the schema of OASIS. */
  private static final Schema SARIF =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(
              Objects.requireNonNull(
                  VerdictWritersTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")),
              InputFormat.JSON);

  private static List<String> wrongIn(String sarif) {
    return SARIF.validate(sarif, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  @Test
  void sarifIsValid() {
    LocalDate today = LocalDate.parse("2026-11-23");
    Acknowledgement word = new Acknowledgement("sl*", "new checks", today);
    for (GateDecision decision :
        List.of(
            decide(ALL),
            GateDecision.of(ALL, List.of(), GatePolicy.DEFAULT, List.of(word), today))) {
      assertEquals(List.of(), wrongIn(VerdictWriters.sarif(ALL, decision, "0.1.0")));
    }
    assertEquals(List.of(), wrongIn(VerdictWriters.sarif(List.of(), decide(List.of()), "0.1.0")));
    String wrong = VerdictWriters.sarif(ALL, decide(ALL), "0.1.0").replace("\"error\"", "\"bad\"");
    assertEquals(1, wrongIn(wrong).size(), "what the schema does not allow is told");
  }

  /** Surefire's is the reader that JUnit's XML is written for. */
  @Test
  void surefireReadsTheJunitXml() throws Exception {
    List<Verdict> verdicts = new ArrayList<>(ALL);
    verdicts.add(verdict(HOSTILE, VerdictKind.FAILED));
    TestSuiteXmlParser parser = new TestSuiteXmlParser(new NullConsoleLogger());
    ReportTestSuite suite =
        parser
            .parse(
                new InputStreamReader(
                    new ByteArrayInputStream(
                        VerdictWriters.junitXml(verdicts, decide(verdicts)).getBytes(UTF_8)),
                    UTF_8))
            .getFirst();
    assertEquals(6, suite.getNumberOfTests());
    assertEquals(3, suite.getNumberOfFailures());
    assertEquals(2, suite.getNumberOfSkipped());
    assertEquals(0, suite.getNumberOfErrors());
    List<ReportTestCase> cases = suite.getTestCases();
    assertEquals(6, cases.size());
    assertEquals(3, cases.stream().filter(ReportTestCase::hasFailure).count());
    assertEquals("slow/time on cpu", cases.get(1).getName());
    assertTrue(cases.get(1).getFailureMessage().startsWith("regressed: +3.1 %"));
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
        JsonMapper.builder()
            .build()
            .readTree(VerdictWriters.json(verdicts, decide(verdicts), List.of("a note")));
    assertEquals("a note", root.at("/notes/0").asString());
    assertEquals(0, root.get("exit_code").asInt());
    assertEquals(0.031, root.at("/verdicts/0/effect").asDouble());
    assertTrue(root.at("/verdicts/1/effect").isNull());
    assertEquals(HOSTILE, root.at("/verdicts/1/benchmark").asString());
  }

  @Test
  void whatWasAcceptedSaysWhy() throws Exception {
    LocalDate today = LocalDate.parse("2026-11-23");
    Acknowledgement word = new Acknowledgement("sl*", "new checks, see 12", today);
    GateDecision decision =
        GateDecision.of(ALL, List.of(), GatePolicy.DEFAULT, List.of(word), today);
    JsonNode json = JsonMapper.shared().readTree(VerdictWriters.json(ALL, decision, List.of()));
    assertTrue(json.at("/verdicts/1/acknowledged").asBoolean());
    assertEquals("new checks, see 12", json.at("/verdicts/1/acknowledged_because").asString());
    JsonNode sarif = JsonMapper.shared().readTree(VerdictWriters.sarif(ALL, decision, "1"));
    assertEquals(
        "new checks, see 12",
        sarif.at("/runs/0/results/0/suppressions/0/justification").asString());
    String markdown = VerdictWriters.markdown(ALL, decision, List.of());
    assertTrue(markdown.contains("acknowledged until 2026\\-11\\-23: new checks"), markdown);
    Element suite = parsed(VerdictWriters.junitXml(ALL, decision)).getDocumentElement();
    assertEquals("1", suite.getAttribute("failures"));
  }

  @Test
  void markdownShowsTheWorstFirst() {
    String text = VerdictWriters.markdown(ALL, decide(ALL), List.of());
    assertTrue(text.startsWith("### Benchmarks: regressed or failed\n"), text);
    assertTrue(text.indexOf("slow") < text.indexOf("gone"));
    assertTrue(text.indexOf("gone") < text.indexOf("same"));
    assertTrue(text.contains("1 regressed, 1 missing, 1 inconclusive, 1 new, 1 pass."), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PASS | passed",
        "PASS IMPROVED NEW | passed",
        "PASS INCONCLUSIVE INCONCLUSIVE | no regression shown, 2 undecided",
        "NEW NEW | nothing compared",
        "INCONCLUSIVE NEW | no regression shown, 1 undecided",
        "PASS REGRESSED INCONCLUSIVE | regressed or failed",
        "PASS MISSING | no verdict",
      })
  void theHeadingSaysWhatIsKnown(String kinds, String heading) {
    List<Verdict> verdicts =
        Arrays.stream(kinds.split(" "))
            .map(VerdictKind::valueOf)
            .map(kind -> verdict(kind.word(), kind))
            .toList();
    String text = VerdictWriters.markdown(verdicts, decide(verdicts), List.of());
    assertEquals("### Benchmarks: " + heading, text.lines().findFirst().orElseThrow());
  }

  @Test
  void whatIsCopiedIsWhatIsMeant() {
    List<Verdict> verdicts = List.of(verdict("same", VerdictKind.PASS));
    String text =
        VerdictWriters.markdown(
            verdicts,
            decide(verdicts),
            List.of("commits 0000abc30000..0000abc40000, 1.5 s, see WWW.example.org"));
    assertTrue(text.contains("commits 0000abc30000..0000abc40000, 1.5 s, see"), text);
    assertTrue(text.contains("`WWW.example.org`"), text);
  }

  @Test
  void anEffectOfWhichNothingIsKnownIsNotTold() {
    Verdict wide =
        new Verdict(
            verdict("a", VerdictKind.INCONCLUSIVE).series(),
            VerdictKind.INCONCLUSIVE,
            0.974,
            -1.0,
            248875.4,
            0.99,
            null,
            "e",
            null);
    assertEquals("unknown", VerdictText.effect(wide));
  }

  @Test
  void hostileNamesStayText() throws Exception {
    List<Verdict> verdicts = List.of(verdict(HOSTILE, VerdictKind.REGRESSED));
    String markdown = VerdictWriters.markdown(verdicts, decide(verdicts), List.of(HOSTILE));
    assertEquals(9, markdown.lines().count(), markdown);
    String outsideCode = withoutCode(markdown);
    assertFalse(outsideCode.contains("<img"), markdown);
    assertFalse(outsideCode.contains("@"), markdown);
    assertFalse(outsideCode.contains("#1"), markdown);
    assertFalse(outsideCode.contains("http:"), markdown);
    assertFalse(markdown.contains("\u202e"), markdown);
    assertFalse(outsideCode.contains("`"), markdown);
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

  /** As CommonMark sees it: a mark that a backslash stands before begins no code. */
  private static String withoutCode(String markdown) {
    return markdown.replace("\\`", "").replaceAll("`[^`\n]*`", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "by @admin, see | by `@admin,` see",
        "fixes #1 and owner/name#2 | fixes `#1` and `owner/name#2`",
        "GH-12: http://e.vil/x www.e.vil | `GH-12:` `http://e.vil/x` `www.e.vil`",
        "closes !4, ~bug, &7 and $8 | closes `!4,` `~bug,` `&7` and `$8`",
        "mail a@b.example | mail `a@b.example`",
        "a mood :tada: std::map::at | a mood `:tada:` `std::map::at`",
        "+3.1 % at 02:00, C# & <b> | \\+3.1 % at 02:00, C# &amp; &lt;b&gt;",
        "0000abc3..0000abc4 of src/a_b.c | 0000abc3..0000abc4 of src/a\\_b.c",
      })
  void nothingInvisibleKeepsNamesFromActing(String text, String markdown) {
    assertEquals(markdown, OutsideText.markdown(text));
  }

  @Test
  void anyNameGivesWellFormedOutput() throws Exception {
    System.out.println("VerdictWritersTest: seed " + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int k = 0; k < 300; k++) {
      StringBuilder characters = new StringBuilder();
      int length = random.nextInt(0, 40);
      for (int i = 0; i < length; i++) {
        // Any code unit, so unpaired surrogates and what is no character too.
        characters.append((char) random.nextInt(k % 2 == 0 ? 0x80 : 0x10000));
      }
      checkWellFormed(characters.toString());
    }
  }

  private static void checkWellFormed(String name) throws Exception {
    List<Verdict> verdicts = List.of(verdict(name, VerdictKind.FAILED));
    GateDecision decision = decide(verdicts);
    assertEquals(
        1,
        parsed(VerdictWriters.junitXml(verdicts, decision))
            .getElementsByTagName("testcase")
            .getLength());
    assertEquals(9, VerdictWriters.markdown(verdicts, decision, List.of(name)).lines().count());
    assertEquals(List.of(), wrongIn(VerdictWriters.sarif(verdicts, decision, "0.1.0")));
    JsonMapper.builder().build().readTree(VerdictWriters.json(verdicts, decision, List.of(name)));
  }
}
