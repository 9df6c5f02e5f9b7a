package dev.nightjar.formats.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tools themselves wrote, and what could be wrong with it. */
class HistoryFilesTest {
  @TempDir Path folder;

  private final List<String> problems = new ArrayList<>();

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<HistoryPoint> read(String tool, Path path) {
    return HistoryFiles.read(tool, path, problems::add);
  }

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(HistoryFilesTest.class.getResource(name)).toURI());
  }

  private static List<String> described(List<HistoryPoint> points) {
    return points.stream()
        .map(point ->
            "%s %s %s %s"
                .formatted(
                    point.series().benchmark().name(),
                    point.series().benchmark().metric(),
                    point.series().benchmark().unit(),
                    point.value()))
        .toList();
  }

  @Test
  void whatTheActionKeptOfThreeCommits() throws Exception {
    List<HistoryPoint> points =
        read("github-action-benchmark", fixture("github-action-benchmark/data.js"));
    assertEquals(List.of(), problems);
    assertEquals(3, points.stream().map(HistoryPoint::commit).distinct().count());
    assertEquals(points.size(), Set.copyOf(points).size(), "each once");
    assertEquals(
        List.of(
            "BenchmarkFill time s 9.743E-6",
            "BenchmarkFill - MB/s throughput By/s 4.204E8",
            "BenchmarkFill - B/op value By 4096.0",
            "BenchmarkFill - allocs/op value {allocation} 1.0",
            "BenchmarkSum time s 1.2E-6"),
        described(points).subList(0, 5));
    assertEquals(
        List.of("Go Benchmark", "C++"),
        points.stream().map(HistoryPoint::machine).distinct().toList());
  }

  @Test
  void whatAsvKeptOfThreeCommits() throws Exception {
    List<HistoryPoint> points = read("asv", fixture("asv"));
    assertEquals(2 * 3, problems.size(), problems::toString);
    // Two commits with a median for each of 5 results, and one with 8 samples of 3 of them: what
    // was skipped is NaN, what failed is null.
    assertEquals(2 * 5 + 3 * 8 + 2, points.size());
    assertEquals(3, points.stream().map(HistoryPoint::commit).distinct().count());
    HistoryPoint first = points.getFirst();
    assertEquals("box, existing-py_usr_bin_python3", first.machine());
    assertEquals("b646c8da371fa47b2ba3592517a1206b4383623f", first.commit());
    assertEquals(
        Map.of("n", "100", "kind", "'text'", "version", "07a41e83"), first.series().parameters());
    assertEquals(
        "suite.Parse.time_parse time s 9.202999990520766E-6", described(points).getFirst());
    assertTrue(described(points).contains("suite.peakmem_list peakmemory By 2.4641536E7"));
  }

  @Test
  void whatBencherPrints() throws Exception {
    List<HistoryPoint> points = read("bencher", fixture("bencher/perf.json"));
    assertEquals(List.of(), problems);
    assertEquals(
        List.of(
            "parse time s 8.85E-8",
            "parse time s 9.025E-8",
            "parse allocations 1 1024.0",
            "send throughput {operation}/s 5.0"),
        described(points));
    assertEquals(Map.of("size", "1024"), points.getFirst().series().parameters());
    assertEquals("1".repeat(40), points.getFirst().commit());
    assertEquals(Direction.HIGHER_IS_BETTER, points.getLast().series().benchmark().direction());
  }

  /** What stands before the cut is kept, all of it and nothing else, and the cut is named. */
  @Test
  void ofAHistoryThatIsCutOffAllBeforeTheCutIsKept() throws Exception {
    for (String tool : List.of("github-action-benchmark", "bencher")) {
      Path whole = fixture(tool.equals("bencher") ? "bencher/perf.json" : tool + "/data.js");
      List<HistoryPoint> all = read(tool, whole);
      String text = Files.readString(whole).stripTrailing().replaceAll("[;\\s]+$", "");
      int most = 0;
      for (int kept = 0; kept < text.length(); kept += 7) {
        problems.clear();
        Path cut = file("cut.json", text.substring(0, kept));
        List<HistoryPoint> points = List.of();
        try {
          points = read(tool, cut);
          assertTrue(problems.toString().contains("cut.json from line "), problems::toString);
        } catch (Failure.Misuse nothingIsKnownYet) {
          assertTrue(String.valueOf(nothingIsKnownYet.getMessage()).contains("cut.json"));
        }
        assertEquals(all.subList(0, points.size()), points, tool + " " + kept);
        assertTrue(points.size() >= most, tool + " " + kept);
        most = points.size();
      }
      assertEquals(all.size(), most);
    }
  }

  @Test
  void ofResultsOfAsvThatAreCutOffWholeOnesAreKept() throws Exception {
    String head =
        """
        {"commit_hash": "11111111", "env_name": "e", "date": 1700000000000, "params": {"machine": "box"},
         "result_columns": ["result", "params", "version"], "results": {
        """;
    String first = "\"t.time_a\": [[1.5, 2.5], [[\"1\", \"2\"]], \"v\"],";
    String second = "\"t.time_b\": [[3.5, 4.5], [[\"1\", \"2\"]], \"w\"]";
    String tail = "}, \"durations\": {}, \"version\": 2}";
    String text = head + first + second + tail;
    for (int kept = 0; kept < text.length(); kept++) {
      problems.clear();
      file("r/box/a.json", text.substring(0, kept));
      List<String> expected = new ArrayList<>();
      if (kept >= (head + first).length() - 1) {
        expected.addAll(List.of("t.time_a time s 1.5", "t.time_a time s 2.5"));
      }
      if (kept >= (head + first + second).length()) {
        expected.addAll(List.of("t.time_b time s 3.5", "t.time_b time s 4.5"));
      }
      assertEquals(expected, described(read("asv", folder.resolve("r"))), "cut at " + kept);
      assertTrue(problems.toString().contains("a.json"), problems::toString);
    }
  }

  /** Without its entry a benchmark's parameters have no names, and its series would be another. */
  @Test
  void whatACutListOfAsvDoesNotTellIsLeftOut() throws Exception {
    file(
        "r/box/a.json",
        """
        {"commit_hash": "11111111", "env_name": "e", "date": 1, "version": 2, "params": {},
         "result_columns": ["result", "params"], "results": {
         "t.time_a": [[1.5], [["1"]]], "t.time_b": [[3.5], [["1"]]]}}
        """);
    file("r/benchmarks.json", "{\"t.time_a\": {\"param_names\": [\"n\"]}, \"t.time_b\": {\"par");
    List<HistoryPoint> points = read("asv", folder.resolve("r"));
    assertEquals(List.of("t.time_a time s 1.5"), described(points));
    assertEquals(Map.of("n", "1"), points.getFirst().series().parameters());
    assertEquals(2, problems.size(), problems::toString);
  }

  @Test
  void githubActionBenchmarkWithItsDirections() throws IOException {
    Path data =
        file(
            "data.js",
            """
            window.BENCHMARK_DATA = {
              "lastUpdate": 1700000009999, "repoUrl": "x",
              "entries": {"Go Benchmark": [
                {"commit": {"id": "1111111111111111111111111111111111111111"}, "date": 1700000000000,
                 "tool": "go", "benches": [
                   {"name": "BenchmarkParse", "value": 254.5, "range": "± 3", "unit": "ns/op"},
                   {"name": "BenchmarkSend", "value": 10, "unit": "ops/sec"},
                   {"name": "BenchmarkBad", "value": "much", "unit": "ns/op"}]},
                {"commit": {"id": "2222222222222222222222222222222222222222"}, "date": 1700000001000,
                 "tool": "customBiggerIsBetter", "benches": [{"name": "score", "value": 7}]},
                {"commit": {"id": "3333"}, "benches": []}]}
            };
            """);
    List<HistoryPoint> points = read("github-action-benchmark", data);
    assertEquals(3, points.size());
    HistoryPoint parse = points.getFirst();
    assertEquals("Go Benchmark", parse.machine());
    assertEquals("1111111111111111111111111111111111111111", parse.commit());
    assertEquals(Instant.ofEpochMilli(1_700_000_000_000L), parse.measuredAt());
    assertEquals(254.5e-9, parse.value());
    assertEquals("time", parse.series().benchmark().metric());
    assertEquals(Direction.LOWER_IS_BETTER, parse.series().benchmark().direction());
    assertEquals(Direction.HIGHER_IS_BETTER, points.get(1).series().benchmark().direction());
    assertEquals(Direction.HIGHER_IS_BETTER, points.get(2).series().benchmark().direction());
    assertEquals(2, problems.size(), problems.toString());
  }

  @Test
  void asvWithParametersSamplesAndFailures() throws IOException {
    file(
        "results/benchmarks.json",
        """
        {"suite.time_parse": {"type": "time", "unit": "seconds", "param_names": ["n", "kind"]},
         "suite.peakmem_all": {"type": "memory", "unit": "bytes", "param_names": []}, "version": 2}
        """);
    file("results/box/machine.json", "{\"machine\": \"box\"}");
    file(
        "results/box/11111111-env.json",
        """
        {"commit_hash": "11111111", "env_name": "virtualenv-py3.11", "date": 1700000000000,
         "params": {"machine": "box", "cpu": "x"}, "version": 2,
         "result_columns": ["result", "params", "version", "started_at", "duration", "samples"],
         "results": {
           "suite.time_parse": [[0.1, null, 0.3, 0.4], [["10", "20"], ["'a'", "'b'"]], "v",
                                1700000005000, 1.5, [[0.09, 0.11], null, null, null]],
           "suite.peakmem_all": [[1048576], [], "v"]}}
        """);
    file("results/box/old.json", "{\"version\": 1}");
    file("results/box/cut.json", "{\"version\": 2,");
    List<HistoryPoint> points = read("asv", folder.resolve("results"));
    assertEquals(
        List.of(0.09, 0.11, 0.3, 0.4, 1048576.0),
        points.stream().map(HistoryPoint::value).toList());
    assertEquals("box, virtualenv-py3.11", points.getFirst().machine());
    assertEquals(Instant.ofEpochMilli(1_700_000_005_000L), points.getFirst().measuredAt());
    assertEquals(
        Map.of("n", "20", "kind", "'a'", "version", "v"), points.get(2).series().parameters());
    assertEquals("s", points.getFirst().series().benchmark().unit());
    assertTrue(
        problems.contains(
            "'suite.time_parse' with {kind='b', n=10, version=v} at 11111111 is left out: it"
                + " failed."),
        problems::toString);
    assertEquals("By", points.getLast().series().benchmark().unit());
    assertEquals(Instant.ofEpochMilli(1_700_000_000_000L), points.getLast().measuredAt());
    assertEquals(3, problems.size(), problems.toString());
  }

  @Test
  void bencherPerf() throws IOException {
    Path perf =
        file(
            "perf.json",
            """
            {"project": {"name": "p"}, "results": [
              {"branch": {"name": "main"}, "testbed": {"name": "ci-runner"},
               "benchmark": {"name": "parse"}, "measure": {"slug": "latency", "units": "nanoseconds (ns)"},
               "metrics": [
                 {"start_time": "2026-10-01T02:00:00Z", "version": {"number": 3,
                   "hash": "1111111111111111111111111111111111111111"},
                  "metric": {"value": 88.5, "lower_value": 80, "upper_value": 90}},
                 {"start_time": "yesterday", "metric": {"value": 1}}]},
              {"benchmark": {"name": "send"}, "testbed": {"name": "ci-runner"},
               "measure": {"slug": "throughput", "units": "operations / second (ops/s)"},
               "metrics": [{"start_time": "2026-10-01T02:00:00Z", "version": {"number": 1},
                            "metric": {"value": 5}}]}]}
            """);
    List<HistoryPoint> points = read("bencher", perf);
    assertEquals(2, points.size());
    assertEquals("time", points.getFirst().series().benchmark().metric());
    assertEquals("s", points.getFirst().series().benchmark().unit());
    assertEquals("main", points.getFirst().branch());
    assertEquals("ci-runner", points.getFirst().machine());
    assertEquals(Direction.HIGHER_IS_BETTER, points.get(1).series().benchmark().direction());
    assertEquals(null, points.get(1).commit());
    assertEquals(1, problems.size());
  }

  /** However the script was written or its text was saved, it holds the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "window.BENCHMARK_DATA={%s};;",
        "window.BENCHMARK_DATA = {%s}",
        "  window.BENCHMARK_DATA= {%s} ;\r\n;\n",
        "const data = {%s};",
        "{%s}",
        "\uFEFFwindow.BENCHMARK_DATA = {%s};",
      })
  void theScriptMayBeWrittenInManyWays(String script) throws IOException {
    String text =
        script.formatted(
            """
            "entries": {"S": [{"commit": {"id": "11"}, "date": 1, "tool": "customSmallerIsBetter",
              "benches": [{"name": "ü", "unit": "errors/s", "value": 2},
                          {"name": "b", "unit": "ms", "value": 2}]}]}
            """);
    Path utf8 = file("data.js", text);
    Path utf16 = folder.resolve("utf16.js");
    Files.write(utf16, ("\uFEFF" + text.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16LE));
    for (Path file : List.of(utf8, utf16)) {
      List<HistoryPoint> points = read("github-action-benchmark", file);
      assertEquals(List.of("ü value {error}/s 2.0", "b time s 0.002"), described(points));
      assertEquals(Direction.LOWER_IS_BETTER, points.getFirst().series().benchmark().direction());
    }
    assertEquals(List.of(), problems);
  }

  @Test
  void unlikeConfigurationsOfImportsAreUnlikeSeries() throws IOException {
    for (String version : List.of("aaaaaaaa11", "bbbbbbbb22")) {
      file(
          "r/box/" + version + ".json",
          "{\"commit_hash\": \"%s\", \"env_name\": \"e\", \"date\": 1, \"version\": 2, \"params\": {}, "
                  .formatted(version)
              + "\"result_columns\": [\"result\", \"params\", \"version\"], \"results\": {"
              + "\"t.time_a\": [[1.0], [], \"%s\"]".formatted(version)
              + "}}");
    }
    List<HistoryPoint> ofVersions = read("asv", folder.resolve("r"));
    assertEquals(2, ofVersions.size());
    assertEquals(2, ofVersions.stream().map(HistoryPoint::series).distinct().count());
    Path jmh =
        file(
            "jmh.js",
            """
            {"entries": {"S": [{"commit": {"id": "11"}, "date": 1, "tool": "jmh", "benches": [
              {"name": "a", "unit": "ops/s", "value": 2, "extra": "iterations: 5\\nforks: 1\\nthreads: 1"},
              {"name": "a", "unit": "ops/ms", "value": 2, "extra": "iterations: 5\\nforks: 1\\nthreads: 4"}]}]}}
            """);
    List<HistoryPoint> points = read("github-action-benchmark", jmh);
    assertEquals(
        List.of("a throughput {operation}/s 2.0", "a throughput {operation}/s 2000.0"),
        described(points));
    assertEquals(Map.of("threads", "4"), points.getLast().series().parameters());
  }

  @Test
  void bytesThatAreNoTextAreNamedAndNamesStayTwo() throws IOException {
    Path latin = folder.resolve("latin.js");
    Files.write(
        latin,
        """
        {"entries": {"S": [{"commit": {"id": "11"}, "date": 1, "tool": "go", "benches": [
          {"name": "ü", "unit": "ns/op", "value": 2}, {"name": "ï", "unit": "ns/op", "value": 3}]}]}}
        """
            .getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        List.of("%FC time s 2.0E-9", "%EF time s 3.0E-9"),
        described(read("github-action-benchmark", latin)));
    assertTrue(
        problems.getFirst().contains("latin.js:2: the byte FC is no UTF-8"), problems::toString);
  }

  @Test
  void whatIsNoHistoryIsNamed() throws IOException {
    Path other = file("other.json", "{\"a\": 1}");
    Path cut = file("cut.json", "window.BENCHMARK_DATA = {\"entries\": {");
    for (String tool : List.of("bencher", "github-action-benchmark")) {
      Failure.Misuse misuse = assertThrows(Failure.Misuse.class, () -> read(tool, other));
      assertTrue(String.valueOf(misuse.getMessage()).startsWith("This is no history"), tool);
    }
    assertThrows(Failure.Misuse.class, () -> read("github-action-benchmark", cut));
    assertThrows(Failure.Misuse.class, () -> read("asv", folder.resolve("nowhere")));
    assertThrows(Failure.Misuse.class, () -> read("bencher", folder.resolve("nowhere")));
  }
}
