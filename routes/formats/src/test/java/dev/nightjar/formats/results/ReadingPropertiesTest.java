package dev.nightjar.formats.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.formats.reading.ReadResults;
import dev.nightjar.formats.reading.ResultValue;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds for every format, tried on records made at random: their order, the encoding, the
 * byte-order mark, the line ends, fields that are not known, a split into several files or into
 * several documents of one file, and what was logged before change nothing, and of a file that is
 * cut off all that stands before the cut is kept. A failure names its seed; {@code
 * -Dnightjar.seed=} runs it again.
 */
class ReadingPropertiesTest {
  private static final int ROUNDS = 25;

  @TempDir Path folder;

  /** How each format writes its records. */
  enum Format {
    HYPERFINE(
        "json",
        "{\"results\":[",
        i -> "{\"command\":\"ü %d\",\"times\":[%d.5,2],\"exit_codes\":[0,0]EXTRA}".formatted(i, i),
        ",\n",
        "]}"),
    JMH(
        "json",
        "[",
        i ->
            ("{\"benchmark\":\"a.ü%d\",\"mode\":\"thrpt\",\"threads\":1EXTRA,\"primaryMetric\":"
                    + "{\"scoreUnit\":\"ops/ms\",\"rawData\":[[%d.25,7]]}}")
                .formatted(i, i),
        ",\n",
        "]"),
    GOOGLE(
        "json",
        "{\"context\":{\"executable\":\"x\"},\"benchmarks\":[",
        i ->
            "{\"name\":\"ü/%d\",\"run_type\":\"iteration\"EXTRA,\"real_time\":%d.5,\"time_unit\":\"us\"}"
                .formatted(i, i),
        ",\n",
        "]}"),
    PYTEST(
        "json",
        "{\"machine_info\":{},\"benchmarks\":[",
        i ->
            "{\"fullname\":\"t.py::ü%d\",\"params\":{\"n\":%d}EXTRA,\"stats\":{\"data\":[%d.5]}}"
                .formatted(i, i, i),
        ",\n",
        "]}"),
    BENCHMARK_DOT_NET(
        "json",
        "{\"Title\":\"t\",\"Benchmarks\":[",
        i ->
            ("{\"FullName\":\"B.ü%d\",\"DisplayInfo\":\"B.M: .NET 9.0(x)\"EXTRA,"
                    + "\"Statistics\":{\"OriginalValues\":[%d.5]}}")
                .formatted(i, i),
        ",\n",
        "]}"),
    K6(
        "json",
        "{\"root_group\":{},\"metrics\":{",
        i ->
            ("\"ü%d\":{\"type\":\"trend\",\"contains\":\"time\"EXTRA,"
                    + "\"values\":{\"med\":%d.5,\"p(95)\":9}}")
                .formatted(i, i),
        ",\n",
        "}}"),
    K6_METRICS_FIRST(
        "json",
        "{\"metrics\":{",
        i ->
            ("\"ü%d\":{\"type\":\"trend\",\"contains\":\"time\"EXTRA,"
                    + "\"values\":{\"med\":%d.5,\"p(95)\":9}}")
                .formatted(i, i),
        ",\n",
        "},\"root_group\":{}}"),
    K6_EXPORT(
        "json",
        "{\"metrics\":{",
        i -> "\"ü%d\":{\"avg\":3,\"max\":9EXTRA,\"med\":%d.5,\"p(95)\":9}".formatted(i, i),
        ",\n",
        "},\"root_group\":{}}"),
    K6_VERSIONED(
        "json",
        "{\"config\":{\"duration\":2},\"metadata\":{},\"results\":{\"metrics\":[",
        i ->
            ("{\"name\":\"ü%d\",\"type\":\"trend\",\"contains\":\"time\"EXTRA,"
                    + "\"values\":{\"med\":%d.5,\"p95\":9}}")
                .formatted(i, i),
        ",\n",
        "]}}"),
    NVBENCH(
        "json",
        "{\"devices\":[],\"benchmarks\":[{\"name\":\"c\",\"states\":[",
        i ->
            ("{\"name\":\"ü%d\",\"device\":0EXTRA,\"axis_values\":[{\"name\":\"n\",\"value\":\"%d\"}],"
                    + "\"summaries\":[{\"tag\":\"nv/cold/time/gpu/mean\",\"data\":[{\"name\":\"value\",\"value\":\"%d.5\"}]}]}")
                .formatted(i, i, i),
        ",\n",
        "]}]}"),
    NVBANDWIDTH(
        "json",
        "{\"nvbandwidth\":{\"testcases\":[",
        i ->
            ("{\"name\":\"ü%d\",\"status\":\"Passed\"EXTRA,\"bandwidth_description\":\"x (GB/s)\","
                    + "\"bandwidth_matrix\":[[\"%d.5\"]]}")
                .formatted(i, i),
        ",\n",
        "]}}"),
    PLAIN_JSON(
        "json",
        "{\"results\":[",
        i -> "{\"name\":\"ü%d\",\"unit\":\"ms\"EXTRA,\"value\":%d.5}".formatted(i, i),
        ",\n",
        "]}"),
    CUSTOM(
        "json",
        "[",
        i -> "{\"name\":\"ü%d\",\"unit\":\"ops/s\"EXTRA,\"value\":%d.5}".formatted(i, i),
        ",\n",
        "]"),
    JUNIT(
        "xml",
        "<testsuites><testsuite name=\"s\">",
        i -> "<testcase classname=\"a\" name=\"ü%d\" time=\"%d.5\" EXTRA/>".formatted(i, i),
        "\n",
        "</testsuite></testsuites>"),
    GO(
        "txt",
        "goos: linux\npkg: a/b\n",
        i -> "BenchmarkÜ%d-8   \t 100\t %d.5 ns/op\t 3 B/op".formatted(i, i),
        "\n",
        "\nPASS\n"),
    GO_JSON(
        "json",
        "{\"Action\":\"start\",\"Package\":\"a/b\"}\n",
        i ->
            ("{\"Action\":\"output\",\"Package\":\"a/b\",\"Output\":\"BenchmarkÜ%d-8 \\t\"EXTRA}\n"
                    + "{\"Action\":\"output\",\"Package\":\"a/b\",\"Output\":\" 100\\t %d.5"
                    + " ns/op\\n\"}")
                .formatted(i, i),
        "\n",
        "\n{\"Action\":\"pass\",\"Package\":\"a/b\"}\n"),
    BABELSTREAM(
        "csv",
        "function,num_times,n_elements,sizeof,max_MB_per_sec\n",
        i -> "Ü%d,100,8,8,%d.5".formatted(i, i),
        "\n",
        "\n"),
    PLAIN_CSV("csv", "name,value,unit\n", i -> "ü%d,%d.5,ms".formatted(i, i), "\n", "\n");

    private final String ending;
    private final String head;

    @SuppressWarnings("ImmutableEnumChecker") // its lambdas have no state
    private final IntFunction<String> record;

    private final String between;
    private final String tail;

    Format(String ending, String head, IntFunction<String> record, String between, String tail) {
      this.ending = ending;
      this.head = head;
      this.record = record;
      this.between = between;
      this.tail = tail;
    }

    String text(List<Integer> records, String extra) {
      return head
          + String.join(
              between, records.stream().map(i -> record.apply(i).replace("EXTRA", extra)).toList())
          + tail;
    }

    /** A field that the tool may write tomorrow. */
    String unknown() {
      return ending.equals("xml")
          ? "zz=\"1\""
          : ",\"zz\":{\"a\":[1,{\"b\":null}],\"c\":\"d\"},\"yy\":\"text\",\"xx\":[true]";
    }
  }

  private ReadResults read(Format format, List<byte[]> texts) throws IOException {
    List<Path> files = new ArrayList<>();
    for (byte[] text : texts) {
      files.add(Files.write(folder.resolve("f" + files.size() + "." + format.ending), text));
    }
    return ResultFiles.read(files);
  }

  private ReadResults read(Format format, String text) throws IOException {
    return read(format, List.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What it gave, whatever the order. */
  private static List<String> given(ReadResults results) {
    return results.values().stream().map(ResultValue::toString).sorted().toList();
  }

  private static Random random(Format format) {
    long seed = Long.getLong("nightjar.seed", System.nanoTime());
    System.out.println(format + ": seed " + seed);
    return new Random(seed);
  }

  private static List<Integer> numbers(Random random) {
    return IntStream.range(0, 2 + random.nextInt(12)).boxed().toList();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void writtenInAnotherWayItIsTheSame(Format format) throws IOException {
    Random random = random(format);
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> records = numbers(random);
      ReadResults plain = read(format, format.text(records, ""));
      assertTrue(plain.values().size() >= records.size(), plain.ledger()::summary);
      assertTrue(plain.ledger().isComplete(), plain.ledger()::summary);
      List<Integer> shuffled = new ArrayList<>(records);
      Collections.shuffle(shuffled, random);
      String extra = random.nextBoolean() ? format.unknown() : "";
      String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
      String text = format.text(shuffled, extra).replace("\n", end);
      ReadResults other = read(format, List.of(encoded(text, random, format)));
      assertEquals(given(plain), given(other), () -> format + " as " + text);
      assertTrue(other.ledger().isComplete(), other.ledger()::summary);
      assertEquals(List.of(), other.ledger().remarks());
    }
  }

  private static byte[] encoded(String text, Random random, Format format) {
    Charset[] charsets = {
      StandardCharsets.UTF_8,
      StandardCharsets.UTF_16LE,
      StandardCharsets.UTF_16BE,
      Charset.forName("UTF-32LE"),
      Charset.forName("UTF-32BE")
    };
    Charset charset = charsets[random.nextInt(charsets.length)];
    boolean isXml = format == Format.JUNIT;
    if (isXml && random.nextInt(3) == 0) {
      return ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + text)
          .getBytes(StandardCharsets.ISO_8859_1);
    }
    boolean isMarked = !charset.equals(StandardCharsets.UTF_8) || random.nextBoolean();
    return ((isMarked ? "\uFEFF" : "") + text).getBytes(charset);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void inSeveralFilesItIsTheSame(Format format) throws IOException {
    Random random = random(format);
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> records = numbers(random);
      int cut = 1 + random.nextInt(records.size() - 1);
      ReadResults whole = read(format, format.text(records, ""));
      ReadResults parts =
          read(
              format,
              Stream.of(records.subList(0, cut), records.subList(cut, records.size()))
                  .map(part -> format.text(part, "").getBytes(StandardCharsets.UTF_8))
                  .toList());
      assertEquals(given(whole), given(parts));
    }
  }

  /** Users write files behind one another; of XML there is one document in a file. */
  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "JUNIT")
  void inSeveralDocumentsOfOneFileItIsTheSame(Format format) throws IOException {
    Random random = random(format);
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> records = numbers(random);
      int cut = 1 + random.nextInt(records.size() - 1);
      String between =
          isOneLineOfJson(format)
              ? List.of("", " ", "\n", "\r\n\r\n", "\ndone\n[2/3] next\n").get(random.nextInt(5))
              : "";
      String both =
          format.text(records.subList(0, cut), "")
              + between
              + format.text(records.subList(cut, records.size()), "");
      ReadResults read = read(format, both);
      assertEquals(given(read(format, format.text(records, ""))), given(read), () -> both);
      assertTrue(between.contains("done") || read.ledger().isComplete(), read.ledger()::summary);
    }
  }

  private static boolean isOneLineOfJson(Format format) {
    return format.ending.equals("json") && format != Format.GO_JSON;
  }

  /** Every record that stands whole before the cut is kept, nothing else is made of the rest. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void ofWhatIsCutOffAllBeforeTheCutIsKept(Format format) throws IOException {
    Random random = random(format);
    List<Integer> records = IntStream.range(0, 6).boxed().toList();
    List<ResultValue> all = read(format, format.text(records, "")).values();
    String text = format.text(records, "");
    TreeMap<Integer, Integer> ends = new TreeMap<>();
    int at = format.head.length();
    for (int i : records) {
      at += format.record.apply(i).replace("EXTRA", "").length();
      boolean needsEnd = !format.ending.equals("json") || format == Format.GO_JSON;
      ends.put(at + (needsEnd && format.ending.matches("txt|csv") ? 1 : 0), i + 1);
      at += format.between.length();
    }
    int perRecord = all.size() / records.size();
    TreeSet<Integer> cuts = new TreeSet<>(ends.keySet());
    for (int i = 0; i < 60; i++) {
      cuts.add(format.head.length() + random.nextInt(text.length() - format.head.length()));
    }
    for (int cut : cuts) {
      var whole = ends.floorEntry(cut);
      int kept = whole == null ? 0 : whole.getValue();
      ReadResults results = read(format, text.substring(0, cut));
      List<ResultValue> values = results.values();
      assertTrue(
          values.size() >= kept * perRecord,
          () -> format + " cut at " + cut + ": " + values.size() + " of " + kept * perRecord);
      if (format != Format.PLAIN_CSV) { // its last line may end without a line feed
        assertEquals(all.subList(0, values.size()), values, () -> format + " cut at " + cut);
      }
    }
  }

  /** One stream often takes what a build logs and what its benchmarks write; XML is no such. */
  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "JUNIT")
  void behindALogItIsTheSame(Format format) throws IOException {
    Random random = random(format);
    List<String> logged =
        List.of(
            "[12:30:11] started",
            "[1/3] step",
            "[100%] built",
            "[2026-11-30T01:02:03Z] x",
            "[12:00:00]",
            "[\"a\"]",
            "[1, 2, 3]",
            "[]",
            "{}",
            "{",
            "[",
            "[{",
            "{\"results\":[]}",
            "{\"benchmarks\":\"none\"}",
            "{\"metrics\":{\"x\":1,\"root_group\":2}}",
            "{\"a\": \"unterminated",
            "{\"a\": [1, 2,",
            "{\"level\":\"info\",\"results\":[],\"name\":\"x\"}",
            "[{\"name\":\"a\"}]",
            "{ not JSON",
            "Collecting: a, b; c",
            "",
            "  {\"results\":[{\"name\":\"indented\",\"value\":1}]}");
    for (int round = 0; round < ROUNDS; round++) {
      // What is indented is a document where nothing but blanks stands before.
      String first = logged.get(random.nextInt(logged.size() - 2));
      StringBuilder log = new StringBuilder(first + "\n");
      for (int i = 1 + random.nextInt(20); i > 0; i--) {
        log.append(logged.get(random.nextInt(logged.size()))).append('\n');
      }
      String text = format.text(numbers(random), "");
      String whole = (log + text).replace("\n", random.nextBoolean() ? "\n" : "\r\n");
      assertEquals(
          given(read(format, text)),
          given(read(format, List.of(encoded(whole, random, format)))),
          () -> format + " as " + whole);
    }
  }

  @Test
  void howeverLongTheLogIsItIsReadInATimeThatGrowsWithIt() throws IOException {
    String lines =
        "[1/3] step\n{\n[\n{\"a\": \"unterminated\n[12:00:00]\n[[\n{\"a\":{\n[INFO] x\n{}\n";
    String text = Format.HYPERFINE.text(List.of(0, 1), "");
    String log = lines.repeat((2 << 20) / lines.length());
    assertTimeout(
        Duration.ofSeconds(60), // a look from the start at each would take hours
        () -> assertEquals(4, read(Format.HYPERFINE, log + text).values().size()));
  }

  /** criterion's file of a kind for a benchmark, in a folder of its own. */
  private Path criterion(int i, String file, byte[] text) throws IOException {
    Path path = folder.resolve("criterion/b" + i + "/new/" + file);
    Files.createDirectories(path.getParent());
    return Files.write(path, text);
  }

  private List<Path> criterion(int i, String extra, Random random) throws IOException {
    List<Path> files = new ArrayList<>();
    for (List<String> file :
        List.of(
            List.of(
                "benchmark.json", "{\"group_id\":\"g\",\"full_id\":\"ü/%d\"EXTRA}".formatted(i)),
            List.of("sample.json", sample(i)),
            List.of(
                "estimates.json",
                "{\"mean\":{\"point_estimate\":5},\"median\":{},\"std_dev\":{}EXTRA}"))) {
      String text = file.get(1).replace("EXTRA", extra);
      byte[] bytes =
          extra.isEmpty()
              ? text.getBytes(StandardCharsets.UTF_8)
              : encoded(text, random, Format.PLAIN_JSON);
      files.add(criterion(i, file.getFirst(), bytes));
    }
    return files;
  }

  private static String sample(int i) {
    return "{\"sampling_mode\":\"Flat\"EXTRA,\"iters\":[1,2,\n4],\"times\":[%d.5,%d.25,\n%d]}"
        .formatted(10 + i, 20 + i, 400 + i);
  }

  @Test
  void aFolderOfCriterionWrittenInAnotherWayIsTheSame() throws IOException {
    Random random = random(Format.PLAIN_JSON);
    for (int round = 0; round < ROUNDS; round++) {
      List<Path> files = new ArrayList<>();
      List<Path> others = new ArrayList<>();
      List<Integer> numbers = numbers(random);
      for (int i : numbers) {
        files.addAll(criterion(i, "", random));
      }
      ReadResults plain = ResultFiles.read(files);
      assertEquals(3 * numbers.size(), plain.values().size());
      assertTrue(plain.ledger().isComplete(), plain.ledger()::summary);
      for (int i : numbers) {
        others.addAll(criterion(i, Format.PLAIN_JSON.unknown(), random));
      }
      Collections.shuffle(others, random);
      ReadResults other = ResultFiles.read(others);
      assertEquals(given(plain), given(other));
      assertTrue(other.ledger().isComplete(), other.ledger()::summary);
      assertEquals(List.of(), other.ledger().remarks());
    }
  }

  /** Of the samples those before the cut; a cut in another file costs no sample. */
  @Test
  void ofAFolderOfCriterionThatIsCutOffAllBeforeTheCutIsKept() throws IOException {
    List<Path> files = criterion(0, "", new Random(0));
    List<ResultValue> all = ResultFiles.read(files).values();
    for (Path file : files) {
      String text = Files.readString(file);
      for (int cut = 1; cut < text.length(); cut++) {
        Files.writeString(file, text.substring(0, cut));
        ReadResults results = ResultFiles.read(files);
        List<Double> kept = results.values().stream().map(ResultValue::value).toList();
        List<Double> whole = all.stream().map(ResultValue::value).toList();
        String shown = file + ", " + text.substring(0, cut) + " gave " + kept;
        boolean isSample = file.endsWith("sample.json");
        // The number that stands last, and one that is broken off behind it, may be no whole ones;
        // without a sample the estimate stands.
        int before = isSample ? wholeTimes(text.substring(0, cut)) - 2 : whole.size();
        boolean isEstimate = kept.equals(List.of(5e-9));
        assertTrue(isEstimate ? before <= 0 : kept.size() >= before, () -> shown);
        assertTrue(isEstimate || kept.equals(whole.subList(0, kept.size())), () -> shown);
        assertTrue(!isSample || results.ledger().leftOutCount() > 0, () -> shown);
      }
      Files.writeString(file, text);
    }
  }

  private static int wholeTimes(String cut) {
    int from = cut.indexOf("\"times\":[");
    String numbers = from < 0 ? "" : cut.substring(from + "\"times\":[".length()).strip();
    return numbers.isEmpty() ? 0 : numbers.split(",").length;
  }
}
