package dev.nightjar.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Direction;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {
  @TempDir Path folder;

  private final List<String> problems = new ArrayList<>();

  private List<ResultValue> read(Path file) {
    return ResultFiles.read(file, (where, what) -> problems.add(where + " " + what));
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
          jmh.json, demo.ParseBench.hash, throughput, {operation}/ms, HIGHER_IS_BETTER, cpu, 62781.022440741515, 26, 0
          hyperfine.json, head -c 1000000 /dev/zero, time, s, LOWER_IS_BETTER, cpu, 0.0016107600000000001, 12, 0
          google-benchmark.json, BM_Copy/1024, time, us, LOWER_IS_BETTER, cpu, 4.4814402411192826e-02, 18, 3
          criterion/parse/1024/new/estimates.json, parse/1024, time, ns, LOWER_IS_BETTER, cpu, 56.02078431372549, 20, 0
          go-bench.txt, example.org/stream.BenchmarkCopy/size=1024, time, ns, LOWER_IS_BETTER, cpu, 50.27, 36, 0
          benchmarkdotnet.json, Example.Parser.Parse(N: 100), time, ns, LOWER_IS_BETTER, cpu, 1204.5, 4, 1
          k6-summary.json, http_req_duration, median, ms, LOWER_IS_BETTER, cpu, 11.0, 5, 0
          nvbench.json, copy, time, s, LOWER_IS_BETTER, gpu0, 1.25e-06, 2, 1
          nvbandwidth.json, host_to_device_memcpy_ce, throughput, GBy/s, HIGHER_IS_BETTER, gpu, 55.12, 4, 1
          babelstream.csv, Copy, throughput, MBy/s, HIGHER_IS_BETTER, cpu, 11219.2, 5, 0
          junit.xml, test_parser.test_parses, time, s, LOWER_IS_BETTER, cpu, 0.065, 3, 1
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
    assertEquals(device, first.device());
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
            "goos: linux\nBenchmarkA-8 100 abc ns/op\nBenchmarkB-8 100 12 ns/op\n--- FAIL: BenchmarkC\n");
    assertEquals(List.of(12.0), read.stream().map(ResultValue::value).toList());
    assertTrue(problems.getFirst().contains("go.txt:2 'abc' is no number"), problems::toString);
    assertTrue(problems.getLast().contains("go.txt:4 "), problems::toString);
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
        "MBy/s",
        readText(
                "old.csv",
                "function,num_times,n_elements,sizeof,max_mbytes_per_sec\nCopy,100,33554432,8,20187.3\n")
            .getFirst()
            .unit());
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
    List<String> told = new ArrayList<>();
    assertEquals(
        1,
        ResultFiles.read(folder, "target/**/*.json", since, (f, p) -> told.add(f + " " + p))
            .size());
    assertEquals(
        0,
        ResultFiles.read(
                folder, "target/**/*.json", since.plusSeconds(60), (f, p) -> told.add(f + " " + p))
            .size());
    assertEquals(List.of("target/a/r.json it is older than this run, so it was not read"), told);
  }

  /** Whatever is cut off or damaged: no exception but a named problem, and finite values. */
  @Test
  void survivesTruncationAndDamage() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (String name :
        List.of(
            "jmh.json",
            "hyperfine.json",
            "google-benchmark.json",
            "go-bench.txt",
            "junit.xml",
            "nvbench.json",
            "nvbandwidth.json",
            "k6-summary.json",
            "plain.csv")) {
      byte[] whole = Files.readAllBytes(fixture(name));
      for (int round = 0; round < 60; round++) {
        byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
        if (damaged.length > 0 && random.nextBoolean()) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        Path file = Files.write(folder.resolve(name), damaged);
        for (ResultValue value : read(file)) {
          assertTrue(Double.isFinite(value.value()));
        }
      }
    }
  }
}
