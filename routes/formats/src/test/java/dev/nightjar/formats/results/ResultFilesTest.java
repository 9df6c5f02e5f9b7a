package dev.nightjar.formats.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.formats.reading.ReadResults;
import dev.nightjar.formats.reading.ReadingLedger;
import dev.nightjar.formats.reading.ResultValue;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {
  private static final int MID_LINE_CUTS = 40;

  @TempDir Path folder;

  private final List<String> problems = new ArrayList<>();

  private final List<String> failures = new ArrayList<>();

  private List<ResultValue> read(Path file) {
    ReadResults results = ResultFiles.read(List.of(file));
    results
        .failures()
        .forEach(failed -> {
          failures.add(failed.benchmark());
          problems.add(failed.place() + " '" + failed.benchmark() + "' failed: " + failed.reason());
        });
    results.ledger().leftOut().forEach(left -> problems.add(left.place() + " " + left.what()));
    return results.values();
  }

  private static Path fixture(String name) {
    try {
      return Path.of(Objects.requireNonNull(ResultFilesTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private List<ResultValue> readText(String name, String content) throws IOException {
    return read(Files.writeString(folder.resolve(name), content));
  }

  /** The first value of each format, and how many values and problems there are. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jmh.json, demo.ParseBench.hash, throughput, {operation}/s, HIGHER_IS_BETTER, cpu, 62781022.440741515, 122, 0
          hyperfine.json, head -c 1000000 /dev/zero, time, s, LOWER_IS_BETTER, cpu, 0.0016107600000000001, 12, 0
          google-benchmark.json, BM_Copy/1024, time, s, LOWER_IS_BETTER, cpu, 4.4814402411192826e-08, 18, 1
          criterion/parse/1024/new/estimates.json, parse/1024, time, s, LOWER_IS_BETTER, cpu, 5.602078431372549e-08, 20, 0
          go-bench.txt, example.org/stream.BenchmarkCopy/size=1024, time, s, LOWER_IS_BETTER, cpu, 50.27e-9, 36, 0
          benchmarkdotnet.json, Example.ParserBenchmark.Parse(N: 100), time, s, LOWER_IS_BETTER, cpu, 1201.4179219256487e-9, 14, 1
          k6-summary.json, http_req_receiving, median, s, LOWER_IS_BETTER, cpu, 0.00027655399999999997, 29, 1
          k6-summary-export.json, http_req_connecting, median, s, LOWER_IS_BETTER, cpu, 0.00009205250000000001, 29, 1
          k6-summary-versioned.json, checks_total, rate, {count}/s, HIGHER_IS_BETTER, cpu, 693.1653762203255, 19, 1
          nvbench.json, copy, cpu_time, s, LOWER_IS_BETTER, gpu0, 0.001255, 12, 1
          nvbandwidth.json, host_to_device_memcpy_ce, throughput, By/s, HIGHER_IS_BETTER, gpu, 55.3e9, 6, 2
          babelstream.csv, Copy, throughput, By/s, HIGHER_IS_BETTER, cpu, 11219.2e6, 5, 0
          junit.xml, test_parser.test_parses, time, s, LOWER_IS_BETTER, cpu, 0.065, 3, 2
          plain.json, parse, throughput, By/s, HIGHER_IS_BETTER, cpu, 10.5, 3, 1
          plain.csv, 'parse, fast', throughput-or-time, By/s, HIGHER_IS_BETTER, cpu, 10.5, 2, 1
          """)
  void readsEachFormat(
      String file,
      String name,
      String metric,
      String unit,
      Direction direction,
      String device,
      double value,
      int values,
      int faults) {
    List<ResultValue> read = read(fixture(file));
    ResultValue first = read.getFirst();
    assertEquals(name, first.name());
    assertEquals(metric.equals("throughput-or-time") ? "time" : metric, first.metric());
    assertEquals(unit, first.unit());
    assertEquals(direction, first.direction());
    assertEquals(device, first.device().label());
    assertEquals(value, first.value());
    assertEquals(values, read.size());
    assertEquals(faults, problems.size(), problems::toString);
  }

  @Test
  void readsRealPytestOutput() {
    List<ResultValue> read = read(fixture("pytest-benchmark.json"));
    assertEquals(12, read.size());
    assertEquals("100", read.getFirst().parameters().get("n"));
    assertEquals(List.of(), problems);
  }

  @Test
  void namesTheLineOfABadRecordAndKeepsTheOthers() {
    List<ResultValue> read = read(fixture("plain.json"));
    assertEquals(List.of("parse", "parse", "start"), read.stream().map(ResultValue::name).toList());
    assertTrue(problems.getFirst().contains("plain.json:3 "), problems::toString);
    assertTrue(problems.getFirst().contains("'value' is missing or no number"), problems::toString);
  }

  @Test
  void namesWhereATruncatedFileEndsAndKeepsWhatCameBefore() throws IOException {
    String whole = Files.readString(fixture("plain.json"));
    List<ResultValue> read = readText("cut.json", whole.substring(0, whole.indexOf("\"start\"")));
    assertEquals(2, read.size());
    assertEquals(2, problems.size(), problems::toString);
    assertTrue(problems.getLast().contains("cut.json:4 "), problems::toString);
  }

  @Test
  void aMalformedLineOfGoIsNamed() throws IOException {
    List<ResultValue> read =
        readText(
            "go.txt",
            """
            goos: linux
            BenchmarkA-8 100 abc ns/op
            BenchmarkB-8 100 12 ns/op
            --- FAIL: BenchmarkC
            """);
    assertEquals(List.of(12e-9), read.stream().map(ResultValue::value).toList());
    assertTrue(
        problems.getLast().contains("go.txt:2 'BenchmarkA': 'abc' is no number"),
        problems::toString);
    assertTrue(problems.getFirst().contains("go.txt:4 "), problems::toString);
  }

  @Test
  void surefiresThousandsAndOldColumnsOfBabelStreamAreRead() throws IOException {
    assertEquals(
        1234.5,
        readText(
                "s.xml",
                "<testsuite><testcase classname=\"a\" name=\"b\" time=\"1,234.5\"/></testsuite>")
            .getFirst()
            .value());
    assertEquals(
        20_187.3e6,
        readText(
                "old.csv",
                """
                function,num_times,n_elements,sizeof,max_mbytes_per_sec
                Copy,100,33554432,8,20187.3
                """)
            .getFirst()
            .value());
    assertEquals(List.of(), problems);
  }

  @Test
  void theShareOfChecksIsThatOfTheCountsAndATrendNeedsNoMedian() throws IOException {
    List<ResultValue> read =
        readText(
            "old-k6.json",
            "{\"metrics\":{\"checks\":{\"fails\":0,\"passes\":434,\"value\":0},"
                + "\"http_req_duration\":{\"avg\":1,\"p(95)\":2}},\"root_group\":{}}");
    assertEquals(List.of(1.0, 0.001, 0.002), read.stream().map(ResultValue::value).toList());
    assertEquals("p95", read.getLast().metric());
    assertEquals(List.of(), problems);
  }

  @Test
  void anEntityReadsNoFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "top-secret");
    List<ResultValue> read =
        readText(
            "evil.xml",
            "<!DOCTYPE t [<!ENTITY x SYSTEM \""
                + secret.toUri()
                + "\">]>\n<testsuite><testcase name=\"&x;\" time=\"1\"/></testsuite>");
    assertTrue(read.stream().noneMatch(v -> v.name().contains("top-secret")));
    assertEquals(1, problems.size(), problems::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"results\":[{\"name\":\"a\",\"value\":NaN},{\"name\":\"b\",\"value\":2}]}",
        "{\"results\":[{\"name\":\"a\",\"value\":1e999},{\"name\":\"b\",\"value\":2}]}",
        "{\"results\":[{\"value\":1},{\"name\":\"b\",\"value\":2}]}",
        "{\"results\":[7,{\"name\":\"b\",\"value\":2}]}",
      })
  void aBadValueIsRefusedAlone(String content) throws IOException {
    List<ResultValue> read = readText("x.json", content);
    assertEquals(List.of(2.0), read.stream().map(ResultValue::value).toList());
    assertEquals(1, problems.size(), problems::toString);
  }

  @Test
  void hostileDepthLengthAndSizeAreBounded() throws IOException {
    assertEquals(0, readText("deep.json", "{\"results\":" + "[".repeat(1_000_000)).size());
    String digits = "9".repeat(100_000);
    readText("digits.json", "{\"results\":[{\"name\":\"a\",\"value\":" + digits + "}]}");
    assertEquals(2, problems.size(), problems::toString);
    String wide = "[" + "1,".repeat(600_000) + "1]";
    List<ResultValue> read =
        readText(
            "wide.json",
            "{\"results\":[{\"name\":\"a\",\"values\":"
                + wide
                + "},{\"name\":\"b\",\"value\":2}]}");
    assertEquals(List.of("b"), read.stream().map(ResultValue::name).toList());
    assertTrue(problems.getLast().contains("more than"), problems::toString);
  }

  @Test
  void namesHoldNoControlCharacters() throws IOException {
    List<ResultValue> read =
        readText("x.json", "{\"results\":[{\"name\":\"a\\u001b[2J\\nb\",\"value\":2}]}");
    assertEquals("a?[2J?b", read.getFirst().name());
  }

  @Test
  void anUnknownOrEmptyFileIsNamed() throws IOException {
    readText("x.json", "{\"hello\":1}");
    readText("y.txt", "nothing here\n");
    readText("z.txt", "");
    assertEquals(3, problems.size(), problems::toString);
    assertTrue(problems.getLast().contains("empty"), problems::toString);
  }

  @Test
  void findsFilesByGlobAndLeavesOldOnesOut() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("target/a"));
    Files.writeString(inner.resolve("r.json"), "{\"results\":[{\"name\":\"b\",\"value\":2}]}");
    Files.writeString(folder.resolve("other.json"), "{\"results\":[{\"name\":\"c\",\"value\":2}]}");
    Instant since = Files.getLastModifiedTime(inner.resolve("r.json")).toInstant();
    assertEquals(1, ResultFiles.read(folder, "target/**/*.json", since).values().size());
    ReadResults old = ResultFiles.read(folder, "target/**/*.json", since.plusSeconds(60));
    assertEquals(List.of(), old.values());
    assertEquals(
        "0 values, 1 left out: target/a/r.json: it is older than this run, so it was not read",
        old.ledger().summary());
  }

  @Test
  void moreFilesThanAreReadAreSaid() throws IOException {
    for (int i = 0; i < 1001; i++) {
      Files.writeString(folder.resolve("r" + i + ".csv"), "name,value\np,1\n");
    }
    ReadResults read = ResultFiles.read(folder, "*.csv", Instant.EPOCH);
    assertEquals(1000, read.values().size());
    assertEquals(
        "1000 values, 1 left out: *.csv: more than 1000 files match it; the rest were not read",
        read.ledger().summary());
    Files.delete(folder.resolve("r7.csv"));
    assertEquals(
        "1000 values", ResultFiles.read(folder, "*.csv", Instant.EPOCH).ledger().summary());
  }

  /**
   * Wherever a file is cut off: what stands whole before the cut is kept, nothing else is made of
   * it, and the cut is named with its line. Text of lines can end at any line; of plain CSV, which
   * may end without a line feed, only cuts between lines are told from shorter numbers.
   */
  @ParameterizedTest
  @MethodSource("fixtures")
  void keepsWhatStandsBeforeACut(String name) throws IOException {
    List<ResultValue> whole = read(fixture(name));
    String text = Files.readString(fixture(name));
    boolean isText = name.endsWith(".csv") || name.endsWith(".txt");
    Set<Integer> cuts = new TreeSet<>();
    int last = text.stripTrailing().length();
    for (int at = 0; at < last; at++) {
      if (text.charAt(at) == '\n') {
        cuts.add(at + 1);
      }
    }
    for (int i = 1; i < MID_LINE_CUTS && !name.equals("plain.csv"); i++) {
      cuts.add((int) ((long) last * i / MID_LINE_CUTS));
    }
    Path inCriterion = Files.createDirectories(folder.resolve("criterion/parse/1024/new"));
    Path file =
        (name.startsWith("criterion") ? inCriterion : folder).resolve(Path.of(name).getFileName());
    for (int cut : cuts) {
      problems.clear();
      Files.writeString(file, text.substring(0, cut));
      List<ResultValue> kept = read(file);
      assertEquals(whole.subList(0, kept.size()), kept, () -> name + " cut at " + cut);
      if (!isText && cut > 0) {
        assertTrue(
            problems.stream().anyMatch(problem -> problem.matches(".*:[0-9]+ .*")),
            () -> name + " cut at " + cut + ": " + problems);
      }
    }
  }

  static Stream<String> fixtures() {
    return Stream.of(
        "jmh.json",
        "hyperfine.json",
        "google-benchmark.json",
        "pytest-benchmark.json",
        "criterion/parse/1024/new/estimates.json",
        "go-bench.txt",
        "benchmarkdotnet.json",
        "k6-summary.json",
        "k6-summary-export.json",
        "k6-summary-versioned.json",
        "junit.xml",
        "junit-surefire.xml",
        "nvbench.json",
        "nvbandwidth.json",
        "babelstream.csv",
        "plain.csv",
        "plain.json");
  }

  /** Whatever is damaged: no exception but a named problem, and finite values. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void survivesDamage(String name) throws IOException {
    long seed = System.nanoTime();
    System.out.println(name + ": seed " + seed);
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(fixture(name));
    Path file = folder.resolve(Path.of(name).getFileName());
    for (int round = 0; round < 30; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      for (ResultValue value : read(file)) {
        assertTrue(Double.isFinite(value.value()));
      }
    }
  }

  @Test
  void whatToolsCallAFailureIsOne() throws IOException {
    for (String name :
        List.of(
            "google-benchmark.json",
            "benchmarkdotnet.json",
            "nvbandwidth.json",
            "junit.xml",
            "junit-surefire.xml")) {
      read(fixture(name));
    }
    readText(
        "go.txt", "goos: linux\npkg: a/b\n--- FAIL: BenchmarkC-2\n    c_test.go:7: no\nFAIL\n");
    readText(
        "hyperfine.json",
        "{\"results\":[{\"command\":\"a\",\"times\":[1,2],\"exit_codes\":[1,null]},"
            + "{\"command\":\"b\",\"times\":[1,2],\"exit_codes\":[0,3]}]}");
    assertEquals(
        List.of(
            "BM_Fails",
            "Example.ParserBenchmark.Broken(N: 100)",
            "device_local_copy",
            "test_parser.test_fails",
            "demo.ParserTest.fails",
            "a/b.BenchmarkC",
            "a"),
        failures);
    assertTrue(
        problems.stream().anyMatch(p -> p.contains("'b': 1 of its 2 runs did not exit with 0")),
        problems::toString);
  }

  @Test
  void ofAggregatesAloneTheMedianIsTakenAndWhatWasSkippedIsNoValue() throws IOException {
    List<ResultValue> read =
        readText(
            "google.json",
            """
            {"context": {"library_version": "v1.9.1"}, "benchmarks": [
              {"name": "A_mean", "run_name": "A", "run_type": "aggregate", "aggregate_name": "mean",
               "real_time": 3, "cpu_time": 3, "time_unit": "ns"},
              {"name": "A_median", "run_name": "A", "run_type": "aggregate",
               "aggregate_name": "median", "real_time": 2, "cpu_time": 2, "time_unit": "ns"},
              {"name": "B", "run_name": "B", "run_type": "iteration", "skipped": true,
               "skip_message": "no device", "real_time": 0, "cpu_time": 0, "time_unit": "ns"}]}
            """);
    assertEquals(List.of(2e-9, 2e-9), read.stream().map(ResultValue::value).toList());
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(
        problems.getFirst().contains("google.json:6 'B': it was skipped"), problems::toString);
  }

  /** What has no end, or is no file, is named in a clause; it is not opened, so nothing hangs. */
  @Test
  void whatIsNoFileOfResultsIsNamedAtOnce() throws Exception {
    Path sparse = folder.resolve("sparse.json");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    Path good = Files.writeString(folder.resolve("good.json"), "[{\"name\":\"a\",\"value\":1}]");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), good);
    ReadResults results =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                ResultFiles.read(List.of(sparse, pipe, Path.of("/dev/zero"), folder, loop, link)));
    assertEquals(1, results.values().size());
    assertEquals(
        List.of(
            "it is larger than 256 MiB",
            "it is no regular file but a pipe or device: write the results into a file first",
            "it is no regular file but a pipe or device: write the results into a file first",
            "it is a folder: name the files in it, such as '" + folder.resolve("*") + "'",
            "it cannot be read: Too many levels of symbolic links"),
        results.ledger().leftOut().stream()
            .map(left -> left.reason().replaceFirst(" or unable.*", ""))
            .toList());
    Path gone = Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));
    assertThrows(Failure.Misuse.class, () -> ResultFiles.read(List.of(gone)));
  }

  @Test
  void namesInADeclaredEncodingStayTwo() throws IOException {
    Path file = folder.resolve("latin.xml");
    for (String encoding : List.of("ISO-8859-1", "windows-1252", "UTF-8", "UTF-16")) {
      String text =
          "<?xml version='1.0' encoding='%s'?>\n<suite><testcase name='ü' time='1'/><testcase name='ï' time='2'/></suite>"
              .formatted(encoding);
      Files.write(file, text.getBytes(Charset.forName(encoding)));
      ReadResults results = ResultFiles.read(List.of(file));
      assertEquals(
          List.of("\u00fc", "\u00ef"), results.values().stream().map(ResultValue::name).toList());
      assertEquals(List.of(), results.ledger().remarks(), encoding);
    }
  }

  @Test
  void bytesThatAreNoTextAreNamedAndTheirNamesStayTwo() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "name,value\n\u00fc,1\n\u00ef,2\n".getBytes(StandardCharsets.ISO_8859_1));
    ReadResults results = ResultFiles.read(List.of(file));
    assertEquals(List.of("%FC", "%EF"), results.values().stream().map(ResultValue::name).toList());
    assertEquals(
        List.of(file + ":2: the byte FC is no UTF-8; it is shown as %FC"),
        results.ledger().remarks());
    assertTrue(results.ledger().isComplete());
  }

  @Test
  void theLedgerCountsWhatItNoLongerNames() throws IOException {
    StringBuilder text = new StringBuilder("name,value\n");
    for (int i = 0; i < 300; i++) {
      text.append("bad").append(i).append(",x\n").append("good,1\n");
    }
    Path file = Files.writeString(folder.resolve("x.csv"), text);
    ReadingLedger ledger = ResultFiles.read(List.of(file)).ledger();
    assertEquals(300, ledger.leftOutCount());
    assertEquals(100, ledger.leftOut().size());
    assertEquals(
        "300 values, 300 left out: %1$s:2: 'bad0': 'x' is no number; %1$s:4: 'bad1': 'x' is no number; %1$s:6: 'bad2': 'x' is no number; …"
            .formatted(file),
        ledger.summary());
  }

  @Test
  void longNamesStayTwo() throws IOException {
    String name = "n".repeat(600);
    List<ResultValue> read =
        readText(
            "x.json",
            "[{\"name\":\"%1$sa\",\"value\":1},{\"name\":\"%1$sb\",\"value\":1}]".formatted(name));
    assertEquals(2, read.size());
    assertEquals(2, read.stream().map(ResultValue::name).distinct().count());
    assertTrue(read.getFirst().name().length() <= 500);
  }
}
