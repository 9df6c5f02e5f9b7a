package dev.nightjar.formats.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.formats.reading.FailedBenchmark;
import dev.nightjar.formats.reading.ReadResults;
import dev.nightjar.formats.reading.ResultValue;
import dev.nightjar.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is made of small inputs of each kind: a table of cases, each with all that it gives. A line
 * of a result reads {@code NAME{PARAMETERS}@DEVICE METRIC VALUE UNIT DIRECTION}; {@code failed
 * NAME{PARAMETERS}: REASON}; {@code left out PLACE: WHAT}; {@code remark PLACE: WHAT}.
 */
@SuppressWarnings({
  "InlineFormatString",
  "StringConcatToTextBlock"
}) // inputs are shown byte for byte
class ResultCasesTest {
  @TempDir Path folder;

  /**
   * A case.
   *
   * @param files name and content, in turn
   */
  record Case(String title, List<String> files, List<String> expected) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Case of(String title, String file, String content, String... expected) {
    return new Case(title, List.of(file, content), List.of(expected));
  }

  private static Case ofTwo(
      String title, String content, String contentOfSecond, String... expected) {
    return new Case(
        title, List.of("a.json", content, "b.json", contentOfSecond), List.of(expected));
  }

  @ParameterizedTest
  @MethodSource({
    "units",
    "identities",
    "configurations",
    "numbers",
    "counters",
    "failures",
    "omissions",
    "losses",
    "cuts",
    "documents",
    "texts"
  })
  void reads(Case one) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < one.files().size(); i += 2) {
      Path file = folder.resolve(one.files().get(i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, one.files().get(i + 1));
      files.add(file);
    }
    assertEquals(
        String.join("\n", one.expected()), String.join("\n", described(ResultFiles.read(files))));
  }

  private List<String> described(ReadResults results) {
    List<String> lines = new ArrayList<>();
    for (ResultValue value : results.values()) {
      lines.add(
          "%s%s%s %s %s %s %s"
              .formatted(
                  value.name(),
                  value.parameters().isEmpty() ? "" : value.parameters(),
                  value.device().equals(Device.CPU) ? "" : "@" + value.device(),
                  value.metric(),
                  value.value(),
                  value.unit(),
                  value.direction().word()));
    }
    for (FailedBenchmark failed : results.failures()) {
      lines.add(
          "failed %s%s: %s"
              .formatted(
                  failed.benchmark(),
                  failed.parameters().isEmpty() ? "" : failed.parameters(),
                  failed.reason()));
    }
    results.ledger().leftOut().forEach(left -> lines.add("left out " + left.clause()));
    results.ledger().remarks().forEach(remark -> lines.add("remark " + remark));
    assertEquals(results.values().size(), results.ledger().values());
    assertEquals(results.ledger().leftOut().size(), results.ledger().leftOutCount());
    return lines.stream().map(line -> line.replace(folder + "/", "")).toList();
  }

  private static String google(String records) {
    return "{\"context\":{},\"benchmarks\":[" + records + "]}";
  }

  private static String jmh(String unit, String values, String more) {
    return "{\"benchmark\":\"a.B.c\",\"mode\":\"thrpt\"%s,\"primaryMetric\":{\"scoreUnit\":\"%s\",\"rawData\":[[%s]]}}"
        .formatted(more, unit, values);
  }

  private static String pytest(String name, String parameters) {
    return "{\"fullname\":\"%s\",\"params\":%s,\"stats\":{\"data\":[1.0]}}"
        .formatted(name, parameters);
  }

  private static String pytests(String records) {
    return "{\"machine_info\":{},\"benchmarks\":[" + records + "]}";
  }

  private static String suite(String cases) {
    return "<testsuite name=\"s\">" + cases + "</testsuite>";
  }

  private static String testcase(String name, String time) {
    return "<testcase classname=\"a\" name=\"%s\" time=\"%s\"/>".formatted(name, time);
  }

  private static String k6(String metrics) {
    return "{\"metrics\":{" + metrics + "},\"root_group\":{}}";
  }

  /** One quantity has one unit, however its tool writes it. */
  static Stream<Case> units() {
    return Stream.of(
        of(
            "google ns",
            "g.json",
            google("{\"name\":\"B\",\"time_unit\":\"ns\",\"real_time\":1500}"),
            "B time 1.5E-6 s lower"),
        of(
            "google us",
            "g.json",
            google("{\"name\":\"B\",\"time_unit\":\"us\",\"real_time\":1.5}"),
            "B time 1.5E-6 s lower"),
        of(
            "jmh ops/ms",
            "j.json",
            "[" + jmh("ops/ms", "2.5", "") + "]",
            "a.B.c{mode=thrpt} throughput 2500.0 {operation}/s higher"),
        of(
            "jmh ops/s",
            "j.json",
            "[" + jmh("ops/s", "2500", "") + "]",
            "a.B.c{mode=thrpt} throughput 2500.0 {operation}/s higher"),
        of(
            "jmh time",
            "j.json",
            "[" + jmh("us/op", "3.25", "") + "]",
            "a.B.c{mode=thrpt} time 3.25E-6 s lower"),
        of(
            "go",
            "g.txt",
            "BenchmarkA-2 10 1500 ns/op\n",
            "BenchmarkA{gomaxprocs=2} time 1.5E-6 s lower"),
        of(
            "go, a unit of one's own",
            "g.txt",
            "BenchmarkA 10 2 ms/req 3 widgets 4 kB/s\n",
            "BenchmarkA s/{request} 0.002 s/{request} lower",
            "BenchmarkA widgets 3.0 1 lower",
            "BenchmarkA By/s 4000.0 By/s higher"),
        of(
            "plain JSON",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"unit\":\"ms\",\"value\":12},"
                + "{\"name\":\"b\",\"unit\":\"MB/s\",\"metric\":\"rate\",\"value\":2},"
                + "{\"name\":\"c\",\"unit\":\"points\",\"metric\":\"score\",\"value\":2}]}",
            "a time 0.012 s lower",
            "b rate 2000000.0 By/s higher",
            "c score 2.0 points lower"),
        of("plain CSV", "p.csv", "name,value,unit\na,12,ms\n", "a time 0.012 s lower"),
        of(
            "one metric in two quantities is two series",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"unit\":\"ms\",\"value\":12},{\"name\":\"a\",\"unit\":\"By\",\"value\":2}]}",
            "a{unit=s} time 0.012 s lower",
            "a{unit=By} time 2.0 By lower"),
        of(
            "k6",
            "k.json",
            k6(
                "\"http_req_duration\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"med\":5,\"p(95)\":9}}"),
            "http_req_duration median 0.005 s lower",
            "http_req_duration p95 0.009 s lower"),
        of(
            "BenchmarkDotNet",
            "b.json",
            "{\"Title\":\"t\",\"Benchmarks\":[{\"FullName\":\"B.M\",\"Statistics\":{\"OriginalValues\":[250]}}]}",
            "B.M time 2.5E-7 s lower"),
        of(
            "nvbandwidth latency",
            "n.json",
            "{\"nvbandwidth\":{\"testcases\":[{\"name\":\"l\",\"status\":\"Passed\","
                + "\"bandwidth_description\":\"latency (us)\",\"bandwidth_matrix\":[[\"7.5\"]]}]}}",
            "l{column=0, row=0}@gpu latency 7.5E-6 s lower"),
        of(
            "BabelStream",
            "b.csv",
            "function,num_times,n_elements,sizeof,max_MiB_per_sec\nCopy,100,8,8,2\n",
            "Copy{n_elements=8, sizeof=8} throughput 2097152.0 By/s higher"));
  }

  /** What changes from run to run is no identity. */
  static Stream<Case> identities() {
    return Stream.of(
        of(
            "pytest, an address",
            "p.json",
            pytests(pytest("t.py::t", "{\"m\":\"UNSERIALIZABLE[<a.M object at 0x7f01>]\"}")),
            "t.py::t{m=UNSERIALIZABLE[<a.M object at …>]} time 1.0 s lower"),
        of(
            "pytest, two objects in one file are two",
            "p.json",
            pytests(
                pytest("t.py::t", "{\"m\":\"<a.M object at 0x7f01>\"}")
                    + ","
                    + pytest("t.py::t", "{\"m\":\"<a.M object at 0x7f02>\"}")),
            "t.py::t{m=<a.M object at …>} time 1.0 s lower",
            "t.py::t{instance=2, m=<a.M object at …>} time 1.0 s lower"),
        ofTwo(
            "pytest, an object in two files is one",
            pytests(pytest("t.py::t", "{\"m\":\"<a.M object at 0x7f01>\"}")),
            pytests(pytest("t.py::t", "{\"m\":\"<a.M object at 0x7f02>\"}")),
            "t.py::t{m=<a.M object at …>} time 1.0 s lower",
            "t.py::t{m=<a.M object at …>} time 1.0 s lower"),
        of(
            "pytest, temporary folders, moments and processes",
            "p.json",
            pytests(
                pytest(
                    "t.py::t",
                    "{\"a\":\"/tmp/pytest-of-ada/pytest-12/test_x0/in.txt\",\"b\":\"/tmp/tmpab12cd_e/x\","
                        + "\"c\":\"2026-11-30T10:00:00.123Z\",\"d\":\"pid=4711\",\"e\":\"datetime.datetime(2026,"
                        + " 11, 30, 10, 0, 1)\"}")),
            "t.py::t{a=…/…/…/test_x0/in.txt, b=…/…/x, c=…, d=pid=…, e=datetime.datetime(…)}"
                + " time 1.0 s lower"),
        of(
            "pytest, numbers and lists keep their text",
            "p.json",
            pytests(
                pytest(
                    "t.py::t",
                    "{\"a\":123456789012345678901234567890,\"b\":[1,2],\"c\":9007199254740993,\"d\":1.0,"
                        + "\"e\":0.1,\"f\":true,\"g\":null,\"h\":\"0xff00\",\"i\":\"2024-02-29\"}")),
            "t.py::t{a=123456789012345678901234567890, b=[1,2], c=9007199254740993, d=1, e=0.1,"
                + " f=true, g=null, h=0xff00, i=2024-02-29} time 1.0 s lower"),
        of(
            "junit, an object of Java and a lambda",
            "j.xml",
            suite(testcase("p(Foo@1b2c3d4e)", "1") + testcase("q(A$$Lambda$14/0x0008@5f2)", "1")),
            "a.p(Foo@…) time 1.0 s lower",
            "a.q(A$$Lambda) time 1.0 s lower"),
        of(
            "hyperfine, a temporary file",
            "h.json",
            "{\"results\":[{\"command\":\"cat"
                + " /tmp/tmp.Ab12Cd34Ef\",\"times\":[1],\"exit_codes\":[0]}]}",
            "cat …/… time 1.0 s lower"),
        of(
            "k6, an ephemeral port",
            "k.json",
            k6("\"d{url:http://127.0.0.1:54321/x}\":{\"type\":\"rate\",\"values\":{\"rate\":0.5}}"),
            "d{url:http://127.0.0.1:…/x} share 0.5 1 lower"),
        of(
            "what only looks alike stays",
            "p.json",
            "{\"results\":[{\"name\":\"react@18\",\"value\":1},{\"name\":\"/data/tmpfs/x\",\"value\":1},{\"name\":\"12:30"
                + " model\",\"value\":1},{\"name\":\"v1.2.3-12345678\",\"value\":1}]}",
            "react@18 time 1.0 s lower",
            "/data/tmpfs/x time 1.0 s lower",
            "12:30 model time 1.0 s lower",
            "v1.2.3-12345678 time 1.0 s lower"),
        new Case(
            "criterion, the whole name",
            List.of(
                "x/criterion/g/f 1_2/new/estimates.json",
                "{\"mean\":{\"point_estimate\":5},\"median\":{},\"std_dev\":{}}",
                "x/criterion/g/f 1_2/new/benchmark.json",
                "{\"group_id\":\"g\",\"function_id\":\"f 1/2\",\"full_id\":\"g/f 1/2\"}"),
            List.of("g/f 1/2 time 5.0E-9 s lower")),
        new Case(
            "criterion, no folder of that name above",
            List.of(
                "x/f/new/estimates.json",
                "{\"mean\":{\"point_estimate\":5},\"median\":{},\"std_dev\":{}}"),
            List.of("f time 5.0E-9 s lower")));
  }

  /** Unlike configurations are unlike series. */
  static Stream<Case> configurations() {
    String net =
        "{\"FullName\":\"B.M\",\"DisplayInfo\":\"B.M:"
            + " %s\",\"Statistics\":{\"OriginalValues\":[%d]}}";
    return Stream.of(
        of(
            "BenchmarkDotNet, two runtimes",
            "b.json",
            "{\"Title\":\"t\",\"Benchmarks\":["
                + net.formatted(".NET 8.0(Runtime=.NET 8.0)", 1)
                + ","
                + net.formatted(".NET 9.0(Runtime=.NET 9.0)", 2)
                + "]}",
            "B.M{job=.NET 8.0(Runtime=.NET 8.0)} time 1.0E-9 s lower",
            "B.M{job=.NET 9.0(Runtime=.NET 9.0)} time 2.0E-9 s lower"),
        of(
            "BenchmarkDotNet, a job's drawn name and parameters",
            "b.json",
            "{\"Title\":\"t\",\"Benchmarks\":["
                + net.formatted("Job-ABCDEF(Toolchain=InProcess) [N=1]", 1)
                + ","
                + net.formatted("DefaultJob [N=1]", 2)
                + "]}",
            "B.M{job=Toolchain=InProcess} time 1.0E-9 s lower",
            "B.M time 2.0E-9 s lower"),
        of(
            "go, any key",
            "g.txt",
            "note: a\nBenchmarkX 1 100 ns/op\nnote: b\nBenchmarkX 1 50 ns/op\n",
            "BenchmarkX{note=a} time 1.0E-7 s lower",
            "BenchmarkX{note=b} time 5.0E-8 s lower"),
        of(
            "go, a key that is alike in all",
            "g.txt",
            "note: a\ncommit: 123\nBenchmarkX 1 100 ns/op\nBenchmarkX 1 50 ns/op\n",
            "BenchmarkX time 1.0E-7 s lower",
            "BenchmarkX time 5.0E-8 s lower"),
        of(
            "jmh, threads",
            "j.json",
            "["
                + jmh("ops/s", "1", ",\"threads\":1")
                + ","
                + jmh("ops/s", "4", ",\"threads\":4")
                + "]",
            "a.B.c{mode=thrpt} throughput 1.0 {operation}/s higher",
            "a.B.c{mode=thrpt, threads=4} throughput 4.0 {operation}/s higher"),
        of(
            "jmh, the virtual machine where it differs",
            "j.json",
            "["
                + jmh("ops/s", "1", ",\"jvm\":\"/a/java\",\"jvmArgs\":[\"-Xmx1g\"],\"forks\":1")
                + ","
                + jmh("ops/s", "4", ",\"jvm\":\"/a/java\",\"jvmArgs\":[\"-Xmx2g\"],\"forks\":1")
                + "]",
            "a.B.c{jvmArgs=[\"-Xmx1g\"], mode=thrpt} throughput 1.0 {operation}/s higher",
            "a.B.c{jvmArgs=[\"-Xmx2g\"], mode=thrpt} throughput 4.0 {operation}/s higher"),
        ofTwo(
            "jmh, in two files of one run",
            "[" + jmh("ops/s", "1", ",\"jvm\":\"/a/java\"") + "]",
            "[" + jmh("ops/s", "4", ",\"jvm\":\"/b/java\"") + "]",
            "a.B.c{jvm=/a/java, mode=thrpt} throughput 1.0 {operation}/s higher",
            "a.B.c{jvm=/b/java, mode=thrpt} throughput 4.0 {operation}/s higher"),
        ofTwo(
            "google, two programs",
            "{\"context\":{\"executable\":\"./x/sort\"},\"benchmarks\":[{\"name\":\"B\",\"real_time\":1}]}",
            "{\"context\":{\"executable\":\"./x/hash\"},\"benchmarks\":[{\"name\":\"B\",\"real_time\":2}]}",
            "B{executable=sort} time 1.0E-9 s lower",
            "B{executable=hash} time 2.0E-9 s lower"),
        of(
            "junit, two suites",
            "j.xml",
            "<testsuites><testsuite name=\"chrome\">"
                + testcase("t", "1")
                + "</testsuite><testsuite name=\"firefox\">"
                + testcase("t", "2")
                + "</testsuite></testsuites>",
            "a.t{suite=chrome} time 1.0 s lower",
            "a.t{suite=firefox} time 2.0 s lower"));
  }

  /** Numbers and directions as their tool has them. */
  static Stream<Case> numbers() {
    String versioned =
        "{\"version\":\"1.0.0\",\"metadata\":{},\"config\":{\"duration\":2},\"results\":{\"metrics\":[%s]}}";
    return Stream.of(
        of("junit, a comma", "j.xml", suite(testcase("t", "0,160")), "a.t time 0.16 s lower"),
        of(
            "junit, ambiguous alone",
            "j.xml",
            suite(testcase("t", "1,250")),
            "left out j.xml:1: 'a.t': '1,250' may be 1250 or 1.250, and nothing else in the file"
                + " tells which"),
        of(
            "junit, a fraction beside it",
            "j.xml",
            suite(testcase("t", "1,250") + testcase("u", "0,5")),
            "a.u time 0.5 s lower",
            "a.t time 1.25 s lower"),
        of(
            "junit, thousands beside it",
            "j.xml",
            suite(testcase("t", "1,250") + testcase("u", "0.5")),
            "a.u time 0.5 s lower",
            "a.t time 1250.0 s lower"),
        of(
            "junit, both marks",
            "j.xml",
            suite(testcase("t", "1,234.5") + testcase("u", "2.001")),
            "a.t time 1234.5 s lower",
            "a.u time 2.001 s lower"),
        of(
            "junit, German thousands",
            "j.xml",
            suite(testcase("t", "1.234,5") + testcase("u", "2.001")),
            "a.t time 1234.5 s lower",
            "a.u time 2001.0 s lower"),
        of(
            "junit, a point alone, an exponent, a space",
            "j.xml",
            suite(testcase("t", "2.001") + testcase("u", "1e-05") + testcase("v", "1 234,5")),
            "a.u time 1.0E-5 s lower",
            "a.v time 1234.5 s lower",
            "a.t time 2001.0 s lower"),
        of(
            "junit, what was not run",
            "j.xml",
            suite(
                "<testcase name=\"a\" time=\"0\" status=\"notrun\"/>"
                    + "<testcase name=\"b\" time=\"0\" status=\"disabled\"/>"
                    + "<testcase name=\"c\" time=\"0\" status=\"run\" result=\"suppressed\"/>"
                    + "<testcase name=\"d\" time=\"0\"><skipped message=\"later\"/></testcase>"
                    + "<testcase name=\"e\" time=\"2\" status=\"run\" result=\"completed\"/>"),
            "e time 2.0 s lower",
            "left out j.xml:1: 'a': it was not run: notrun",
            "left out j.xml:1: 'b': it was not run: disabled",
            "left out j.xml:1: 'c': it was not run: suppressed",
            "left out j.xml:1: 'd': it was not run: later"),
        of(
            "junit, no time or a negative one",
            "j.xml",
            suite("<testcase name=\"a\"/><testcase name=\"b\" time=\"-1\"/>"),
            "left out j.xml:1: 'a': it has no time",
            "left out j.xml:1: 'b': its time is negative"),
        of(
            "k6, shares of what is good and of what is not",
            "k.json",
            k6(
                "\"checks{scenario:a}\":{\"type\":\"rate\",\"values\":{\"rate\":0.5}},"
                    + "\"login_success\":{\"type\":\"rate\",\"values\":{\"rate\":0.5}},"
                    + "\"cache_hits\":{\"type\":\"rate\",\"values\":{\"rate\":0.5}},"
                    + "\"failed_checks\":{\"type\":\"rate\",\"values\":{\"rate\":0.5}},"
                    + "\"http_req_failed{check:a}\":{\"type\":\"rate\",\"values\":{\"rate\":0.5}},"
                    + "\"errs\":{\"type\":\"counter\",\"values\":{\"rate\":2}},"
                    + "\"iterations{a:error}\":{\"type\":\"counter\",\"values\":{\"rate\":2}}"),
            "checks{scenario:a} share 0.5 1 higher",
            "login_success share 0.5 1 higher",
            "cache_hits share 0.5 1 higher",
            "failed_checks share 0.5 1 lower",
            "http_req_failed{check:a} share 0.5 1 lower",
            "errs rate 2.0 {count}/s lower",
            "iterations{a:error} rate 2.0 {count}/s higher"),
        of(
            "k6, the type decides",
            "k.json",
            versioned.formatted(
                "{\"name\":\"x\",\"type\":\"trend\",\"values\":{\"avg\":5,\"p99\":9,\"count\":40}},"
                    + "{\"name\":\"n\",\"type\":\"counter\",\"contains\":\"default\",\"values\":{\"count\":40}},"
                    + "{\"name\":\"r\",\"type\":\"rate\",\"values\":{\"matches\":3,\"total\":4}}"),
            "x mean 0.005 s lower",
            "x p99 0.009 s lower",
            "n rate 20.0 {count}/s higher",
            "r share 0.75 1 lower"),
        of(
            "go, the unit's direction",
            "g.txt",
            "BenchmarkA 1 5 ns/op 7 hits\nUnit hits better=higher\n",
            "BenchmarkA time 5.0E-9 s lower",
            "BenchmarkA hits 7.0 1 higher"),
        of(
            "custom, the unit tells the direction",
            "c.json",
            "[{\"name\":\"a\",\"unit\":\"errors/s\",\"value\":5},{\"name\":\"b\",\"unit\":\"ops/sec\",\"value\":5}]",
            "a time 5.0 {error}/s lower",
            "b time 5.0 {operation}/s higher"),
        of(
            "plain, the user's word before the unit's",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"unit\":\"By/s\",\"direction\":\"lower\",\"value\":5}]}",
            "a time 5.0 By/s lower"));
  }

  /** What is measured besides is a value of its own. */
  static Stream<Case> counters() {
    return Stream.of(
        of(
            "google counters",
            "g.json",
            google(
                "{\"name\":\"B\",\"run_type\":\"iteration\",\"iterations\":9,\"threads\":1,\"real_time\":1,"
                    + "\"cpu_time\":2,\"time_unit\":\"ns\",\"misses\":3,\"hit_rate\":0.5,\"bytes_per_second\":4,"
                    + "\"max_bytes_used\":64}"),
            "B time 1.0E-9 s lower",
            "B cpu_time 2.0E-9 s lower",
            "B throughput 4.0 By/s higher",
            "B misses 3.0 1 lower",
            "B hit_rate 0.5 1 higher",
            "B max_bytes_used 64.0 By lower"),
        of(
            "jmh secondary metrics",
            "j.json",
            "["
                + jmh("ops/s", "1", "")
                    .replace(
                        "\"primaryMetric\"",
                        "\"secondaryMetrics\":{\"·gc.alloc.rate.norm\":{\"scoreUnit\":\"B/op\",\"rawData\":[[24]]},"
                            + "\"gc.alloc.rate\":{\"scoreUnit\":\"MB/sec\",\"score\":2},"
                            + "\"gc.time\":{\"scoreUnit\":\"ms\",\"rawData\":[[\"NaN\"]]},"
                            + "\"served\":{\"scoreUnit\":\"ops/ms\",\"rawData\":[[3]]}},\"primaryMetric\"")
                + "]",
            "a.B.c{mode=thrpt} throughput 1.0 {operation}/s higher",
            "a.B.c{mode=thrpt} gc.alloc.rate.norm 24.0 By lower",
            "a.B.c{mode=thrpt} gc.alloc.rate 2000000.0 By/s lower",
            "a.B.c{mode=thrpt} served 3000.0 {operation}/s higher",
            "left out j.json:1: 'a.B.c': 1 values of its gc.time are no numbers"),
        of(
            "BenchmarkDotNet's diagnosers",
            "b.json",
            "{\"Title\":\"t\",\"Benchmarks\":[{\"FullName\":\"B.M\",\"Statistics\":{\"OriginalValues\":[1]},"
                + "\"Metrics\":[{\"Value\":3,\"Descriptor\":{\"Id\":\"Hits\",\"Unit\":\"#\",\"TheGreaterIsBetter\":true}}]}]}",
            "B.M time 1.0E-9 s lower",
            "B.M Hits 3.0 {count} higher"),
        of(
            "nvbench, a summary of one's own",
            "n.json",
            "{\"devices\":[],\"benchmarks\":[{\"name\":\"c\",\"states\":[{\"name\":\"s\",\"device\":0,\"summaries\":["
                + "{\"tag\":\"nv/cold/time/gpu/mean\",\"data\":[{\"name\":\"value\",\"value\":\"2\"}]},"
                + "{\"tag\":\"mine\",\"hint\":\"byte_rate\",\"data\":[{\"name\":\"value\",\"value\":\"7\"}]}]}]}]}",
            "c@gpu0 time 2.0 s lower",
            "c@gpu0 mine 7.0 By/s higher"),
        of(
            "hyperfine, memory",
            "h.json",
            "{\"results\":[{\"command\":\"a\",\"times\":[1],\"memory_usage_byte\":[4096],\"exit_codes\":[0]}]}",
            "a time 1.0 s lower",
            "a memory 4096.0 By lower"));
  }

  /** The right thing has failed. */
  static Stream<Case> failures() {
    return Stream.of(
        of(
            "hyperfine, one parameter of three",
            "h.json",
            "{\"results\":["
                + "{\"command\":\"make\",\"parameters\":{\"t\":\"1\"},\"times\":[1],\"exit_codes\":[0]},"
                + "{\"command\":\"make\",\"parameters\":{\"t\":\"2\"},\"times\":[1,1],\"exit_codes\":[2,2]},"
                + "{\"command\":\"make\",\"parameters\":{\"t\":\"3\"},\"times\":[3],\"exit_codes\":[0]}]}",
            "make{t=1} time 1.0 s lower",
            "make{t=3} time 3.0 s lower",
            "failed make{t=2}: 2 of its 2 runs did not exit with 0"),
        of(
            "junit, outside of a case",
            "j.xml",
            suite(
                "<testcase classname=\"a.B\" name=\"good\" time=\"0.5\"/><error"
                    + " message=\"teardown\"/>"),
            "a.B.good time 0.5 s lower",
            "failed s: teardown"),
        of(
            "junit, by its status",
            "j.xml",
            suite("<testcase name=\"a\" time=\"1\" status=\"fail\"/>"),
            "failed a: the case failed"),
        of(
            "junit, a flake that passed in the end",
            "j.xml",
            suite("<testcase name=\"a\" time=\"1\"><flakyFailure message=\"no\"/></testcase>"),
            "a time 1.0 s lower"),
        of("go, build failed", "g.txt", "FAIL x/b [build failed]\n", "failed x/b: build failed"),
        of(
            "go, set-up failed",
            "g.txt",
            "# x/b\nFAIL\tx/b [setup failed]\nok  \tx/c\t0.1s\n",
            "failed x/b: setup failed"),
        of(
            "go, panic in a benchmark",
            "g.txt",
            "goos: linux\n"
                + "pkg: x/b\n"
                + "BenchmarkA-8 1 5 ns/op\n"
                + "BenchmarkB-8 \tpanic: boom\n\n"
                + "goroutine 1 [running]:\n"
                + "exit status 2\n"
                + "FAIL\tx/b\t0.01s\n",
            "x/b.BenchmarkA{gomaxprocs=8} time 5.0E-9 s lower",
            "failed x/b.BenchmarkB: panic: boom"),
        of(
            "go, one of several counts of CPUs",
            "g.txt",
            "goos: linux\n"
                + "pkg: x/b\n"
                + "BenchmarkB 1 5 ns/op\n"
                + "BenchmarkB-2 1 5 ns/op\n"
                + "BenchmarkB-4 \t--- FAIL: BenchmarkB-4\n"
                + "    b_test.go:3: no\n"
                + "FAIL\n"
                + "exit status 1\n"
                + "FAIL\tx/b\t0.01s\n",
            "x/b.BenchmarkB time 5.0E-9 s lower",
            "x/b.BenchmarkB{gomaxprocs=2} time 5.0E-9 s lower",
            "failed x/b.BenchmarkB{gomaxprocs=4}: go test says that it failed"),
        of(
            "go, told without the count of CPUs",
            "g.txt",
            "goos: linux\n"
                + "BenchmarkB/size-512-8 1 5 ns/op\n"
                + "--- FAIL: BenchmarkB/size-1024\n"
                + "FAIL\n",
            "BenchmarkB/size-512{gomaxprocs=8} time 5.0E-9 s lower",
            "failed BenchmarkB/size-1024: go test says that it failed"),
        of(
            "go, one of several times",
            "g.txt",
            "goos: linux\n"
                + "BenchmarkB 1 5 ns/op\n"
                + "BenchmarkB \t--- FAIL: BenchmarkB\n"
                + "FAIL\n",
            "BenchmarkB time 5.0E-9 s lower",
            "failed BenchmarkB: go test says that it failed"),
        of(
            "go, fatal error",
            "g.txt",
            "goos: linux\n"
                + "pkg: x/b\n"
                + "fatal error: all goroutines are asleep - deadlock!\n"
                + "FAIL\tx/b\t0.01s\n",
            "failed x/b: fatal error: all goroutines are asleep - deadlock!"),
        of(
            "go, killed",
            "g.txt",
            "goos: linux\n"
                + "pkg: x/b\n"
                + "*** Test killed with quit: ran too long (11m0s).\n"
                + "FAIL\tx/b\t660.0s\n",
            "failed x/b: *** Test killed with quit: ran too long (11m0s)."),
        of(
            "go, a package beside a good one",
            "g.txt",
            "goos: linux\n"
                + "pkg: x\n"
                + "BenchmarkA 1 5 ns/op\n"
                + "PASS\n"
                + "ok  \tx\t1s\n"
                + "pkg: x/b\n"
                + "--- FAIL: TestT (0.00s)\n"
                + "FAIL\n"
                + "FAIL\tx/b\t0.1s\n"
                + "FAIL\n",
            "x.BenchmarkA time 5.0E-9 s lower",
            "failed x/b: go test says that it failed"),
        of(
            "go test -json",
            "g.json",
            """
            {"Time":"2026-11-30T10:00:00Z","Action":"start","Package":"x/b"}
            {"Action":"output","Package":"x/b","Output":"goos: linux\\n"}
            {"Action":"output","Package":"x/b","Test":"BenchmarkA","Output":"BenchmarkA-8   \\t"}
            {"Action":"output","Package":"x/c","Output":"BenchmarkC-8 \\t 7 9 ns/op\\n"}
            {"Action":"output","Package":"x/b","Test":"BenchmarkA","Output":"   100\\t  5 ns/op\\n"}
            {"Action":"output","Package":"x/d","Output":"FAIL\\tx/d [build failed]\\n"}
            {"Action":"fail","Package":"x/d"}
            """,
            "x/b.BenchmarkA{gomaxprocs=8} time 5.0E-9 s lower",
            "x/c.BenchmarkC{gomaxprocs=8} time 9.0E-9 s lower",
            "failed x/d: build failed"),
        of(
            "go test -json, without its output",
            "g.json",
            """
            {"Action": "output", "Package": "x/b", "Output": "BenchmarkA-8 1 5 ns/op\\n"}
            {"Action": "fail", "Package": "x/b", "Elapsed": 1}
            """,
            "x/b.BenchmarkA{gomaxprocs=8} time 5.0E-9 s lower",
            "failed x/b: go test says that it failed"),
        of(
            "k6, a threshold",
            "k.json",
            k6(
                "\"d\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"med\":5},"
                    + "\"thresholds\":{\"p(95)<1\":{\"ok\":false}}}"),
            "d median 0.005 s lower",
            "failed d: its threshold 'p(95)<1' was crossed"),
        of(
            "k6, thresholds of --summary-export, where true says that one was crossed",
            "k.json",
            "{\"root_group\":{},\"metrics\":{"
                + "\"d\":{\"avg\":9,\"med\":5,\"thresholds\":{\"p(95)<1\":true}},"
                + "\"e\":{\"avg\":9,\"med\":6,\"thresholds\":{\"p(95)<9\":false}}}}",
            "d median 5.0 1 lower",
            "e median 6.0 1 lower",
            "failed d: its threshold 'p(95)<1' was crossed"),
        of(
            "a time below zero",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"values\":[-1,1]}]}",
            "a time 1.0 s lower",
            "left out p.json:1: 'a': its time is below zero, which no time is"));
  }

  /** Nothing is dropped without a word. */
  static Stream<Case> omissions() {
    return Stream.of(
        of(
            "go, behind what another tool prints",
            "g.txt",
            "goos: linux\n"
                + "  BenchmarkP-8 1 5 ns/op\n"
                + "\u001b[32mBenchmarkQ-8\u001b[0m 200 5 ns/op\n"
                + "BenchmarkR-8\n"
                + "12:00 BenchmarkS-8 1 5 ns/op\n"
                + " 1 7 ns/op\n",
            "BenchmarkQ{gomaxprocs=8} time 5.0E-9 s lower",
            "BenchmarkR{gomaxprocs=8} time 7.0E-9 s lower",
            "left out g.txt:2: 'BenchmarkP': its result does not begin a line",
            "left out g.txt:5: 'BenchmarkS': its result does not begin a line"),
        of(
            "plain, one of a list is no number",
            "p.json",
            "{\"results\":[{\"name\":\"p\",\"values\":[1,\"x\",2]}]}",
            "p time 1.0 s lower",
            "p time 2.0 s lower",
            "left out p.json:1: 'p': 1 of the 3 values of its time is no number"),
        of(
            "pytest, some of a list are no numbers",
            "p.json",
            "{\"machine_info\":{},\"benchmarks\":[{\"fullname\":\"t\",\"stats\":{\"data\":[null,2,[]]}}]}",
            "t time 2.0 s lower",
            "left out p.json:1: 't': 2 of the 3 values of its time are no numbers"),
        of(
            "BenchmarkDotNet, one of a list is no number",
            "b.json",
            "{\"Title\":\"t\",\"Benchmarks\":[{\"FullName\":\"B.M\",\"Statistics\":{\"OriginalValues\":[\"-\",250]},"
                + "\"Memory\":{\"BytesAllocatedPerOperation\":8}}]}",
            "B.M time 2.5E-7 s lower",
            "B.M allocated 8.0 By lower",
            "left out b.json:1: 'B.M': 1 of the 2 values of its time is no number"),
        of(
            "google, a time that is no number beside good values",
            "g.json",
            google("{\"name\":\"B\",\"real_time\":\"much\",\"cpu_time\":2,\"misses\":3}"),
            "B cpu_time 2.0E-9 s lower",
            "B misses 3.0 1 lower",
            "left out g.json:1: 'B': 'real_time' is missing or no number"),
        new Case(
            "criterion, one sample is no number",
            List.of(
                "x/criterion/f/new/estimates.json",
                "{\"mean\":{\"point_estimate\":5},\"median\":{},\"std_dev\":{}}",
                "x/criterion/f/new/sample.json",
                "{\"iters\":[1,2,4,8],\"times\":[10,null,40]}"),
            List.of(
                "f time 1.0E-8 s lower",
                "f time 1.0E-8 s lower",
                "left out x/criterion/f/new/estimates.json: 'f': 2 of its 4 samples are no time"
                    + " with its iterations")),
        of(
            "plain, cut off within a record",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"value\":1},{\"name\":\"b\",\"value\":1",
            "a time 1.0 s lower",
            "left out p.json:1: 'b': the rest of the file: Unexpected end-of-input:"
                + " expected close marker for Object"),
        of(
            "google, aggregates of two of one name",
            "g.json",
            """
            {"context":{},"benchmarks":[
            {"name":"a_median","run_name":"a","family_index":0,"run_type":"aggregate","aggregate_name":"median","real_time":5},
            {"name":"a_median","run_name":"a","family_index":1,"run_type":"aggregate","aggregate_name":"median","real_time":7},
            {"name":"b_median","run_name":"b","run_type":"aggregate","aggregate_name":"median","real_time":5},
            {"name":"b_median","run_name":"b","run_type":"aggregate","aggregate_name":"median","real_time":6}]}
            """,
            "a time 5.0E-9 s lower",
            "a time 7.0E-9 s lower",
            "b time 6.0E-9 s lower",
            "left out g.json:5: 'b': its median stands twice, of which the last was taken"),
        of(
            "go, printed between a name and its numbers",
            "g.txt",
            "BenchmarkQ-8\nhello\n  200 5 ns/op\n",
            "BenchmarkQ{gomaxprocs=8} time 5.0E-9 s lower"),
        of(
            "go, printed behind the name",
            "g.txt",
            "goos: linux\n"
                + "BenchmarkQ-8   \thello 12\n"
                + "world    200\t  5 ns/op\n"
                + "BenchmarkR-8 1 2 ns/op\n",
            "BenchmarkQ{gomaxprocs=8} time 5.0E-9 s lower",
            "BenchmarkR{gomaxprocs=8} time 2.0E-9 s lower"),
        of(
            "go, a name without numbers",
            "g.txt",
            "goos: linux\nBenchmarkQ-8\nBenchmarkR-8 1 2 ns/op\n",
            "BenchmarkR{gomaxprocs=8} time 2.0E-9 s lower",
            "left out g.txt:2: 'BenchmarkQ': its name is not followed by a result"),
        of(
            "go -v, parents have no numbers",
            "g.txt",
            "goos: linux\nBenchmarkQ\nBenchmarkQ/a\nBenchmarkQ/a-8 1 2 ns/op\n",
            "BenchmarkQ/a{gomaxprocs=8} time 2.0E-9 s lower"),
        of(
            "go, skipped",
            "g.txt",
            "goos: linux\n--- SKIP: BenchmarkB\n    b_test.go:3: no\n",
            "left out g.txt:2: 'BenchmarkB': it was skipped"),
        of(
            "go, a value that is infinite",
            "g.txt",
            "BenchmarkA-4 1 7 ns/op +Inf r 12 w\n",
            "BenchmarkA{gomaxprocs=4} time 7.0E-9 s lower",
            "BenchmarkA{gomaxprocs=4} w 12.0 1 lower",
            "left out g.txt:1: 'BenchmarkA': its value +Inf in r is no finite number"),
        of(
            "go, nothing to run",
            "g.txt",
            "testing: warning: no tests to run\nPASS\nok  \tx/b\t0.002s [no tests to run]\n",
            "left out g.txt:3: 'x/b': it has no tests to run"),
        of(
            "k6, neither median nor p(95)",
            "k.json",
            k6(
                "\"a\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"max\":5}},"
                    + "\"g\":{\"type\":\"gauge\",\"values\":{\"value\":5}},\"vus\":{\"type\":\"gauge\",\"values\":{\"value\":5}}"),
            "left out k.json:1: 'a': the trend has neither median nor mean nor percentiles",
            "left out k.json:1: 'g': it is a gauge, a reading of the load and no result"),
        of(
            "nvbench, a state without a time",
            "n.json",
            "{\"devices\":[],\"benchmarks\":[{\"name\":\"c\",\"states\":[{\"name\":\"s1\",\"device\":0,\"summaries\":[]},{\"name\":\"s2\",\"device\":0,\"is_skipped\":true,\"skip_reason\":\"no"
                + " memory\",\"summaries\":null}]}]}",
            "left out n.json:1: 'c': s1 holds no time",
            "left out n.json:1: 'c': s2 was skipped: no memory"),
        new Case(
            "files of a known format that hold nothing, beside a good one",
            List.of(
                "a.json", "{\"context\":{},\"benchmarks\":[]}",
                "b.xml", "<suites/>",
                "c.json", "{\"results\":[]}",
                "d.json", "[]",
                "e.csv", "name,value\n",
                "f.json", "{\"machine_info\":{},\"benchmarks\":[]}",
                "g.json", "{\"nvbandwidth\":{\"testcases\":[]}}",
                "h.json", "{\"Title\":\"t\",\"Benchmarks\":[]}",
                "i.json", "{\"metrics\":{},\"root_group\":{}}",
                "k.json", "{\"devices\":[],\"benchmarks\":[]}",
                "l.txt", "goos: linux\nPASS\n",
                "m.json", "{\"results\":[{\"name\":\"good\",\"value\":1}]}"),
            List.of(
                "good time 1.0 s lower",
                "left out a.json: it holds no result",
                "left out b.xml: it holds no test case",
                "left out c.json: it holds no result",
                "left out d.json: it holds no result",
                "left out e.csv: it holds no result",
                "left out f.json: it holds no result",
                "left out g.json: it holds no result",
                "left out h.json: it holds no result",
                "left out i.json: it holds no result",
                "left out k.json: it holds no result",
                "left out l.txt: it holds no result")),
        of(
            "plain, a list of nothing and a text",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"values\":[]},{\"name\":\"b\",\"value\":\"x\"}]}",
            "left out p.json:1: 'a': its list of values is empty",
            "left out p.json:1: 'b': 'value' is missing or no number"));
  }

  /** What other tools read is read. */
  static Stream<Case> texts() {
    return Stream.of(
        of(
            "14 KB of logs before",
            "g.txt",
            "go: downloading example.org/x v1.0.0\n".repeat(400)
                + "goos: linux\nBenchmarkA 1 5 ns/op\n",
            "BenchmarkA time 5.0E-9 s lower"),
        of(
            "google, logs before",
            "g.txt",
            "[INFO] building\n2026-11-30T10:00:00Z Running ./b\n"
                + "{\n  \"context\": {},\n  \"benchmarks\": [\n"
                + "    {\"name\": \"B\", \"real_time\": 5},\n    {\"name\": \"C\"}]\n}\n",
            "B time 5.0E-9 s lower",
            "left out g.txt:7: 'C': 'real_time' is missing or no number"),
        of(
            "hyperfine, logs before that hold JSON, and behind",
            "h.txt",
            "Benchmark 1: a\n{\"level\":\"info\",\"results\":[]}\n[{\"name\":\"x\"}]\n"
                + "{\"results\":[\n{\"command\":\"a\",\"times\":[1],\"exit_codes\":[0]}]}\ndone\n",
            "a time 1.0 s lower",
            "left out h.txt:6: more follows where the document should end"),
        of(
            "JSON of another kind is not searched for results",
            "x.json",
            "{\"version\": 1, \"runs\": [\n[\n{\"name\":\"a\",\"value\":1}]]}\n",
            "left out x.json: its format is none that docs/results-format.md lists"),
        of(
            "a document within a line is none",
            "x.txt",
            "result: {\"results\":[{\"name\":\"a\",\"value\":1}]}\n",
            "left out x.txt: its format is none that docs/results-format.md lists"),
        of(
            "logs that begin like JSON",
            "g.txt",
            "[INFO] building\n{x}\ngoos: linux\nBenchmarkA 1 5 ns/op\n",
            "BenchmarkA time 5.0E-9 s lower"),
        of(
            "BabelStream's two tables",
            "b.csv",
            """
            phase,n_elements,sizeof,max_mbytes_per_sec,runtime
            Init,8,24,2.5,0.1
            Read,8,24,3.5,0.1
            function,num_times,n_elements,sizeof,max_mbytes_per_sec,min_runtime,max_runtime,avg_runtime
            Copy,100,8,16,10,1,1,1
            """,
            "Init{n_elements=8, sizeof=24} throughput 2500000.0 By/s higher",
            "Read{n_elements=8, sizeof=24} throughput 3500000.0 By/s higher",
            "Copy{n_elements=8, sizeof=16} throughput 1.0E7 By/s higher"),
        of(
            "semicolons and commas",
            "p.csv",
            "name;value;unit\na;1,5;ms\n",
            "a time 0.0015 s lower"),
        of(
            "colours in a message",
            "j.xml",
            suite(
                "<testcase name=\"a\" time=\"1\"><failure message=\"\u001b[31mno\"/></testcase>"
                    + testcase("b", "2")),
            "a.b time 2.0 s lower",
            "failed a: ?[31mno"),
        new Case(
            "several files of which some are broken",
            List.of(
                "a.json", "{\"results\":[{\"name\":\"a\",\"value\":1}]}",
                "b.json", "{\"results\":[{\"name\":\"b\",\"val",
                "c.txt", "what is this",
                "d.json", ""),
            List.of(
                "a time 1.0 s lower",
                "left out b.json:1: 'b': the rest of the file: Unexpected end-of-input in property name",
                "left out c.txt: its format is none that docs/results-format.md lists",
                "left out d.json: it is empty")));
  }

  /**
   * A field that is there and of no use is named; where a default would stand for it, none does.
   */
  static Stream<Case> losses() {
    return Stream.of(
        of(
            "hyperfine, no numbers beside a failure",
            "h.json",
            "{\"results\":[{\"command\":\"a\",\"times\":[1,null,\"3\",4],\"exit_codes\":[0,0,0,1]}]}",
            "a time 1.0 s lower",
            "left out h.json:1: 'a': 1 of its 4 runs did not exit with 0",
            "left out h.json:1: 'a': 2 of its 4 times are no numbers"),
        of(
            "hyperfine, no numbers",
            "h.json",
            "{\"results\":[{\"command\":\"a\",\"times\":[1,null,\"3\",4],\"exit_codes\":[0,0,0,0]}]}",
            "a time 1.0 s lower",
            "a time 4.0 s lower",
            "left out h.json:1: 'a': 2 of its 4 times are no numbers"),
        of(
            "hyperfine, memory that is no number",
            "h.json",
            "{\"results\":[{\"command\":\"a\",\"times\":[1,2],\"memory_usage_byte\":[8,null]}]}",
            "a time 1.0 s lower",
            "a memory 8.0 By lower",
            "a time 2.0 s lower",
            "left out h.json:1: 'a': 1 of its 2 readings of memory are no numbers"),
        of(
            "hyperfine, parameters that are none",
            "h.json",
            "{\"results\":[{\"command\":\"a\",\"times\":[1],\"parameters\":[1]}]}",
            "left out h.json:1: 'a': its 'parameters' are no names with values"),
        of(
            "google, values that are no numbers",
            "g.json",
            google(
                "{\"name\":\"B\",\"real_time\":5,\"cpu_time\":null,\"bytes_per_second\":\"x\","
                    + "\"items_per_second\":null,\"hits\":null}"),
            "B time 5.0E-9 s lower",
            "left out g.json:1: 'B': its 'cpu_time' is no number",
            "left out g.json:1: 'B': its 'bytes_per_second' is no number",
            "left out g.json:1: 'B': its 'items_per_second' is no number",
            "left out g.json:1: 'B': its 'hits' is no number"),
        of(
            "plain, what is no text",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"unit\":3,\"value\":1},\n"
                + "{\"name\":\"b\",\"parameters\":[1],\"value\":1},\n"
                + "{\"name\":\"c\",\"metric\":{},\"value\":1},\n"
                + "{\"name\":\"d\",\"device\":1,\"value\":1},\n"
                + "{\"name\":\"e\",\"direction\":true,\"value\":1},\n"
                + "{\"name\":\"f\",\"unit\":null,\"parameters\":null,\"metric\":null,\"value\":1}]}",
            "f time 1.0 s lower",
            "left out p.json:1: 'a': its 'unit' is no text",
            "left out p.json:2: 'b': its 'parameters' are no names with values",
            "left out p.json:3: 'c': its 'metric' is no text",
            "left out p.json:4: 'd': its 'device' is no text",
            "left out p.json:5: 'e': its 'direction' is no text"),
        of(
            "jmh, parameters that are none",
            "j.json",
            "[" + jmh("ops/s", "5", ",\"params\":[1]") + "]",
            "left out j.json:1: 'a.B.c': its 'params' are no names with values"),
        of(
            "pytest, parameters that are none",
            "p.json",
            pytests(pytest("t", "[1]")),
            "left out p.json:1: 't': its 'params' are no names with values"),
        of(
            "BenchmarkDotNet, allocations that are no number",
            "b.json",
            "{\"Title\":\"t\",\"Benchmarks\":[{\"FullName\":\"B\",\"Statistics\":{\"Mean\":5},"
                + "\"Memory\":{\"BytesAllocatedPerOperation\":\"x\"}}]}",
            "B time 5.0E-9 s lower",
            "left out b.json:1: 'B': its BytesAllocatedPerOperation is no number"),
        of(
            "k6, a median that is no number",
            "k.json",
            k6(
                "\"t\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"med\":null,\"p(95)\":9}}"),
            "t p95 0.009 s lower",
            "left out k.json:1: 't': its 'med' is no number"),
        of(
            "nvbandwidth, a test that was waived",
            "n.json",
            "{\"nvbandwidth\":{\"testcases\":[{\"name\":\"a\",\"status\":\"Waived\"}]}}",
            "left out n.json:1: 'a': it has the status 'Waived'"));
  }

  /** All that stands before a cut is kept, and the benchmark is named within which it lies. */
  static Stream<Case> cuts() {
    String rest = "the rest of the file: Unexpected end-of-input";
    return Stream.of(
        of(
            "jmh, behind its last value",
            "j.json",
            "[" + jmh("ops/s", "5,6.5", "").replace("]]}}", "]"),
            "a.B.c{mode=thrpt} throughput 5.0 {operation}/s higher",
            "a.B.c{mode=thrpt} throughput 6.5 {operation}/s higher",
            "left out j.json:1: 'a.B.c': " + rest + ": expected close marker for Array"),
        of(
            "jmh, within its last value",
            "j.json",
            "[" + jmh("ops/s", "5,6.5", "").replace("]]}}", ""),
            "a.B.c{mode=thrpt} throughput 5.0 {operation}/s higher",
            "left out j.json:1: 'a.B.c': " + rest + ": expected close marker for Array"),
        of(
            "jmh, before its values",
            "j.json",
            "[" + jmh("ops/s", "5", "").replace("[[5]]}}", ""),
            "left out j.json:1: 'a.B.c': " + rest + " within/between Object entries"),
        of(
            "pytest, within its rounds",
            "p.json",
            "{\"machine_info\":{},\"benchmarks\":[{\"fullname\":\"t\",\"params\":{\"n\":1},"
                + "\"stats\":{\"data\":[1.5,2.5,3",
            "t{n=1} time 1.5 s lower",
            "t{n=1} time 2.5 s lower",
            "left out p.json:1: 't': " + rest + ": expected close marker for Array"),
        of(
            "BenchmarkDotNet, within its values",
            "b.json",
            "{\"Title\":\"t\",\"Benchmarks\":[{\"FullName\":\"B\",\"Statistics\":"
                + "{\"OriginalValues\":[250,1",
            "B time 2.5E-7 s lower",
            "left out b.json:1: 'B': " + rest + ": expected close marker for Array"),
        of(
            "hyperfine, before its parameters",
            "h.json",
            "{\"results\":[{\"command\":\"a\",\"times\":[1,2]",
            "left out h.json:1: 'a': " + rest + ": expected close marker for Object"),
        of(
            "google, before its unit",
            "g.json",
            "{\"context\":{},\"benchmarks\":[{\"name\":\"A\",\"real_time\":5},{\"name\":\"B\",\"real_time\":7",
            "A time 5.0E-9 s lower",
            "left out g.json:1: 'B': " + rest + ": expected close marker for Object"),
        of(
            "k6, before the root group",
            "k.json",
            "{\"metrics\":{\"a\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"med\":5}},\"b\":{\"ty",
            "a median 0.005 s lower",
            "left out k.json:1: 'b': " + rest + " in property name"),
        of(
            "k6's export, before the root group",
            "k.json",
            "{\"metrics\":{\"http_reqs\":{\"count\":5,\"rate\":2.5},\"x",
            "http_reqs rate 2.5 {count}/s higher",
            "left out k.json:1: " + rest + " in property name"));
  }

  /** Where a document begins and ends in a file. */
  static Stream<Case> documents() {
    String a = "{\"results\":[{\"name\":\"a\",\"value\":1}]}";
    String b = "{\"results\":[{\"name\":\"b\",\"value\":2}]}";
    List<Case> cases = new ArrayList<>();
    for (String before :
        List.of(
            "[1/3] a",
            "[100%] a",
            "[2026-11-30] a",
            "[12:00:00] a",
            "[\"a\"]",
            "[]",
            "{}",
            "{\"results\":[]}",
            "{\"benchmarks\":\"none\"}",
            "{",
            "[",
            "{\"a\": \"unterminated",
            "{\"a\": [1, 2,")) {
      cases.add(of("behind " + before, "p.txt", before + "\n" + a, "a time 1.0 s lower"));
    }
    for (String between : List.of("", "\n", " ", "\r\n\r\n")) {
      cases.add(
          of(
              "two with " + between.replace("\n", "LF").replace("\r", "CR") + " between",
              "p.json",
              a + between + b,
              "a time 1.0 s lower",
              "b time 2.0 s lower"));
    }
    cases.add(
        of(
            "two of different tools",
            "p.json",
            google("{\"name\":\"B\",\"real_time\":5}") + "\n[" + jmh("ops/s", "5", "") + "]\n",
            "B time 5.0E-9 s lower",
            "a.B.c{mode=thrpt} throughput 5.0 {operation}/s higher"));
    cases.add(
        of(
            "two with lines of a log between",
            "p.json",
            a + "\ndone\n[2/3] next\n" + b + "\n",
            "a time 1.0 s lower",
            "b time 2.0 s lower",
            "left out p.json:2: more follows where the document should end"));
    cases.add(
        of(
            "the first is cut off, and the second is not",
            "p.json",
            "{\"results\":[{\"name\":\"a\",\"value\":1},{\"na\n" + b + "\n",
            "a time 1.0 s lower",
            "b time 2.0 s lower",
            "left out p.json:1: the rest of the file: Unexpected character ('r' (code 114)): was"
                + " expecting a colon to separate property name and value"));
    cases.add(
        of(
            "the second is cut off before it tells what it is",
            "p.json",
            a + "\n{\"resu",
            "a time 1.0 s lower",
            "left out p.json:2: the rest of the file: Unexpected end-of-input in property name"));
    cases.add(
        of(
            "two of XML",
            "j.xml",
            suite(testcase("a", "1")) + "\n" + suite(testcase("b", "1")),
            "a.a time 1.0 s lower",
            "left out j.xml:2: the rest of the file: The markup in the document following the root"
                + " element must be well-formed"));
    cases.add(
        of(
            "several that begin and are none",
            "x.txt",
            "x\n{}\n{\"a\":1}\n[\n",
            "left out x.txt:5: the rest of the file: Unexpected end-of-input: expected close marker"
                + " for Array"));
    cases.add(
        of(
            "several that are of no known tool",
            "x.txt",
            "x\n{}\n{\"a\":1}\n{ not JSON\n",
            "left out x.txt: its format is none that docs/results-format.md lists; none of the 2"
                + " JSON documents that may begin in it is of a known tool"));
    return cases.stream();
  }
}
