package dev.nightjar.gate.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run's file may hold, written here with single quotes. */
class RunFileReaderTest {
  private static final String HEAD =
      "'nightjar_run': 1, 'run': '00000000-0000-7000-8000-000000000001', 'pipeline': 'results',"
          + " 'started_at': '2026-11-30T12:00:00Z', 'commit': null, 'branch': 'main',"
          + " 'machine_key': 'key', 'machine': 'box'";

  private final SeriesPool pool = new SeriesPool();

  private ArchivedRun read(String text) throws RunFile.Unreadable, IOException {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return RunFile.read(new ByteArrayInputStream(bytes), pool);
  }

  private static String series(String name, String unit, String ordinals, String values) {
    return ("{'benchmark': '%s', 'metric': 'time', 'unit': '%s', 'direction': 'lower',"
            + " 'device': 'cpu', 'parameters': {}, 'ordinals': %s, 'values': %s, 'disturbed': []}")
        .formatted(name, unit, ordinals, values);
  }

  private static String ofSeries(String... series) {
    return "'series': [" + String.join(", ", series) + "]";
  }

  private static List<String> told(ArchivedRun run) {
    return run.samples().stream()
        .map(sample -> sample.ordinal() + ": " + sample.value() + " at " + sample.startedAt())
        .toList();
  }

  @Test
  void theOrderOfPropertiesTellsNothing() throws Exception {
    String one = series("a", "s", "[0, 1]", "[0.5, 2]");
    String turned =
        "{'values': [0.5, 2], 'ordinals': [0, 1], 'parameters': {}, 'device': 'cpu', 'more': {'a': [1]},"
            + " 'direction': 'lower', 'unit': 's', 'metric': 'time', 'benchmark': 'a'}";

    ArchivedRun headFirst = read("{" + HEAD + ", " + ofSeries(one) + "}");
    ArchivedRun headLast = read("{" + ofSeries(turned) + ", 'failures': [], " + HEAD + "}");

    assertEquals(headFirst, headLast);
    assertEquals(
        List.of("0: 0.5 at 2026-11-30T12:00:00Z", "1: 2.0 at 2026-11-30T12:00:00Z"),
        told(headFirst));
    assertEquals(Instant.parse("2026-11-30T12:00:00Z"), headLast.run().startedAt());
  }

  @Test
  void equalSeriesOfAFolderAreOneObject() throws Exception {
    String text = "{" + HEAD + ", " + ofSeries(series("a", "s", "[0]", "[1]")) + "}";

    Series first = read(text).samples().getFirst().series();

    assertSame(first, read(text).samples().getFirst().series());
  }

  @Test
  void anOrdinalThatIsSaidTwiceHasTheLastValue() throws Exception {
    ArchivedRun run =
        read("{" + HEAD + ", " + ofSeries(series("a", "s", "[3, 1, 3]", "[1, 2, 4]")) + "}");

    assertEquals(
        List.of("3: 4.0 at 2026-11-30T12:00:00Z", "1: 2.0 at 2026-11-30T12:00:00Z"), told(run));
  }

  @Test
  void unitsOfEarlierVersionsAreConverted() throws Exception {
    ArchivedRun run =
        read(
            "{%s, %s}"
                .formatted(
                    HEAD,
                    ofSeries(series("a", "ms", "[0]", "[1500]"), series("a", "us", "[1]", "[7]"))));

    assertEquals(List.of(1.5, 7e-6), run.samples().stream().map(Sample::value).toList());
    assertEquals(1, run.series().size());
  }

  @Test
  void marksAndFailuresAreRead() throws Exception {
    ArchivedRun run =
        read(
            "{"
                + HEAD
                + ", 'failures': [{'suite': null, 'name': 'b', 'reason': 'it\\u0007 broke'},"
                + " {'name': 'c', 'reason': 'too', 'parameters': {'n': '1'}}], "
                + ofSeries(
                    series("a", "s", "[0]", "[1]")
                        .replace("[]", "[{'ordinal': 0, 'weight': 0.5, 'causes': 'steal'}]"))
                + "}");

    assertEquals(0.5, run.disturbed().getFirst().weight());
    assertEquals("steal", run.disturbed().getFirst().causes());
    assertEquals("it? broke", run.failures().getFirst().reason());
    assertEquals("{n=1}", String.valueOf(run.failures().getLast().parameters()));
  }

  @Test
  void whatWasReadOfTheMachineIsReadWhereItIsKnown() throws Exception {
    String observed =
        series("a", "s", "[1, 0]", "[2, 3]")
            .replace(
                "'disturbed'",
                "'started_at': ['2026-11-30T12:00:05Z', '2026-11-30T12:00:01.000001Z'],"
                    + " 'wall_nanos': [7, 8], 'readings': {'steal_nanos': [null, 5],"
                    + " 'clock_hertz': [3000000000, null], 'of_next_year': ['?', 0]},"
                    + " 'disturbed'");

    ArchivedRun run =
        read("{" + HEAD + ", " + ofSeries(observed, series("b", "s", "[0]", "[1]")) + "}");

    Sample first = run.samples().getFirst();
    assertEquals(Instant.parse("2026-11-30T12:00:05Z"), first.startedAt());
    assertEquals(7, first.wallNanos());
    assertEquals(BoundaryReadings.ABSENT.with(Indicator.CLOCK, 3_000_000_000L), first.readings());
    Sample second = run.samples().get(1);
    assertEquals(Instant.parse("2026-11-30T12:00:01.000001Z"), second.startedAt());
    assertEquals(BoundaryReadings.ABSENT.with(Indicator.STEAL, 5), second.readings());
    Sample unread = run.samples().getLast();
    assertEquals(run.run().startedAt(), unread.startedAt());
    assertEquals(0, unread.wallNanos());
    assertEquals(BoundaryReadings.ABSENT, unread.readings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'unit': 's'        | 'unit': 7          | it has no 'unit'
          'benchmark': 'a'   | 'benchmark': null  | it has no 'benchmark'
          'metric': 'time'   | 'metric': ['time'] | it has no 'metric'
          'device': 'cpu'    | 'devices': 'cpu'   | it has no 'device'
          'lower'            | 'wider'            | 'wider' is no direction: use lower or higher
          'values': [1]      | 'values': []       | the series a has not one ordinal for each value
          'values': [1]      | 'values': [1, 2]   | the series a has not one ordinal for each value
          'values': [1]      | 'values': 1        | the series a has not one ordinal for each value
          'values': [1]      | 'values': ['1']    | value 0 of a is no number
          'values': [1]      | 'values': [{}]     | value 0 of a is no number
          'ordinals': [0]    | 'ordinals': [0.5]  | value 0 of a is no number
          'ordinals': [0]    | 'ordinals': [4e9]  | value 0 of a is no number
          'ordinals': [0]    | 'ordinals': [4000000000] | value 0 of a is no number
          'values': [1]      | 'values': [1e999]  | a sample of a is not finite: Infinity
          'values': [1]      | 'values': [1], 'wall_nanos': []     | a series has not one 'wall_nanos' for each value
          'values': [1]      | 'values': [1], 'wall_nanos': 7      | a series has not one 'wall_nanos' for each value
          'values': [1]      | 'values': [1], 'wall_nanos': [-7]   | a 'wall_nanos' is no number
          'values': [1]      | 'values': [1], 'wall_nanos': [1e30] | a 'wall_nanos' is no number
          'values': [1]      | 'values': [1], 'started_at': [7]    | could not be parsed
          'values': [1]      | 'values': [1], 'started_at': ['+20000-01-01T00:00:00Z'] | is no time of a measurement
          'values': [1]      | 'values': [1], 'readings': {'steal_nanos': [0.5]} | a 'steal_nanos' is no number
          'values': [1]      | 'values': [1], 'readings': {'steal_nanos': [1, 2]} | has not one 'steal_nanos'
          'nightjar_run': 1  | 'nightjar_run': 2  | it is no run of format version 1
          'nightjar_run': 1, | ``                 | it is no run of format version 1
          'machine': 'box'   | 'machine': 3       | it has no 'machine'
          'run': '0000       | 'run': '00-00      | UUID
          2026-11-30T12      | 2026-11-31T12      | could not be parsed
          'commit': null     | 'commit': 'HEAD'   | its commit is no object name
          """)
  void whatIsWrongIsSaid(String right, String wrong, String reason) {
    String text = "{" + HEAD + ", " + ofSeries(series("a", "s", "[0]", "[1]")) + "}";
    assertTrue(text.contains(right), text);

    Exception said =
        assertThrows(
            RunFile.Unreadable.class, () -> read(text.replace(right, wrong == null ? "" : wrong)));

    assertTrue(String.valueOf(said.getMessage()).contains(reason), said.getMessage());
  }

  /** Another version's series may be anything; a file that is cut off is no JSON whatever else. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'series': [{'name': 'a'}], 'failures': [1], 'nightjar_run': 2} | it is no run of format version 1
          {'nightjar_run': 2, 'started_at': 'today', 'series': [7]}       | it is no run of format version 1
          {'nightjar_run': 1, 'series': [{'name': 'a'}, {}], 'failures'   | it is no JSON:
          {'nightjar_run': 1, 'series': [{'values': [1,                   | it is no JSON:
          {'nightjar_run': 1, 'series': [                                 | it is no JSON:
          []                                                              | it is no run of format version 1
          ``                                                              | it is no run of format version 1
          """)
  void theFirstGroundIsSaid(String text, String reason) {
    Exception said = assertThrows(RunFile.Unreadable.class, () -> read(text == null ? "" : text));

    assertTrue(String.valueOf(said.getMessage()).contains(reason), said.getMessage());
  }

  @Test
  void aFileThatCannotBeReadOnIsNotCalledDamaged() {
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException("the disk is gone");
          }
        };

    IOException said = assertThrows(IOException.class, () -> RunFile.read(broken, pool));

    assertEquals("the disk is gone", said.getMessage());
  }
}
