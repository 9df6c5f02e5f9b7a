package dev.nightjar.gate.exchange;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.model.unit.Unit;
import dev.nightjar.store.run.BenchmarkFailure;
import dev.nightjar.store.sample.DisturbedSample;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Goes through a run's file once, token by token: a folder holds several, each of up to hundreds of
 * thousands of series, and neither their text nor a tree of it has room beside what they say.
 *
 * <p>A problem of the content is kept until the end is reached, as only then it is known that the
 * file is JSON at all, and of which version.
 */
final class RunFileReader {
  private static final Set<String> ARRAYS =
      Set.of("series", "failures", FindingsJson.OPEN, FindingsJson.ENDED);

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** No sample is so old. */
  private static final Instant NO_TIME = Instant.EPOCH;

  /** No ordinal is so small. */
  private static final long NO_ORDINAL = Long.MIN_VALUE;

  private final JsonParser json;
  private final SeriesPool pool;
  private final Map<String, String> head = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<DisturbedSample> disturbed = new ArrayList<>();
  private final List<BenchmarkFailure> failures = new ArrayList<>();
  private final Set<Series> assumed = new HashSet<>();
  private final List<Finding> openFindings = new ArrayList<>();

  /** Read when the run's identifier is known, which may stand behind them. */
  private final List<JsonNode> endedFindings = new ArrayList<>();

  private int version;
  private Instant startedAt = NO_TIME;
  private RunFile.@Nullable Unreadable problem;

  /** The values of the series that is read, and their ordinals; reused for the next. */
  private double[] values = new double[16];

  private int valueCount;
  private long[] ordinals = new long[16];
  private int ordinalCount;

  RunFileReader(JsonParser json, SeriesPool pool) {
    this.json = json;
    this.pool = pool;
  }

  ArchivedRun read() throws RunFile.Unreadable {
    try {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          property(json.currentName());
        }
      }
      return run();
    } catch (IllegalArgumentException e) {
      throw new RunFile.Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private void property(String name) {
    switch (json.nextToken()) {
      case START_ARRAY -> array(name);
      case START_OBJECT -> json.skipChildren();
      case VALUE_STRING -> text(name, withoutControls(json.getString()));
      case VALUE_NUMBER_INT -> {
        head.remove(name);
        version = name.equals("nightjar_run") ? json.getIntValue() : version;
      }
      default -> {}
    }
  }

  private void text(String name, String text) {
    head.put(name, text);
    if (name.equals("started_at")) {
      try {
        startedAt = Instant.parse(text);
      } catch (DateTimeException e) {
        problem = new RunFile.Unreadable(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private void array(String name) {
    if (problem != null || !ARRAYS.contains(name)) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (problem != null) {
        json.skipChildren();
        continue;
      }
      try {
        element(name);
      } catch (RunFile.Unreadable e) {
        problem = e;
      } catch (IllegalArgumentException e) {
        problem = new RunFile.Unreadable(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private void element(String array) throws RunFile.Unreadable {
    switch (array) {
      case "series" -> series();
      case "failures" -> failures.add(failure(json.readValueAsTree()));
      case FindingsJson.OPEN ->
          openFindings.add(FindingsJson.finding(json.readValueAsTree(), this::seriesOfFinding));
      default -> endedFindings.add(json.readValueAsTree());
    }
  }

  private Series seriesOfFinding(JsonNode node) throws RunFile.Unreadable {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("parameters").properties()) {
      parameters.put(withoutControls(entry.getKey()), withoutControls(entry.getValue().asString()));
    }
    Benchmark benchmark =
        new Benchmark(
            required(node, "benchmark"),
            optional(node, "suite"),
            required(node, "metric"),
            Unit.of(required(node, "unit")).symbol(),
            Direction.of(required(node, "direction")));
    return pool.series(
        new Series(
            benchmark,
            pool.parameters(Collections.unmodifiableSortedMap(parameters)),
            Device.of(required(node, "device"))));
  }

  private ArchivedRun run() throws RunFile.Unreadable {
    if (version != RunFile.VERSION) {
      throw new RunFile.Unreadable("it is no run of format version " + RunFile.VERSION);
    }
    if (problem != null) {
      throw problem;
    }
    given("started_at", head.get("started_at"));
    PastRun run =
        new PastRun(
            UUID.fromString(given("run", head.get("run"))),
            given("pipeline", head.get("pipeline")),
            hex(head.get("commit")),
            head.get("branch"),
            startedAt);
    // The time may stand behind the series.
    samples.replaceAll(one -> one.startedAt().equals(NO_TIME) ? at(one, run) : one);
    return new ArchivedRun(
        run,
        given("machine_key", head.get("machine_key")),
        given("machine", head.get("machine")),
        samples,
        disturbed,
        failures,
        assumed,
        findings(run.id()));
  }

  private RunFindings findings(UUID runId) throws RunFile.Unreadable {
    List<FindingEnd> ended = new ArrayList<>();
    for (JsonNode node : endedFindings) {
      ended.add(FindingsJson.end(node, runId));
    }
    return new RunFindings(openFindings, ended);
  }

  private static Sample at(Sample one, PastRun run) {
    return new Sample(
        one.series(), one.ordinal(), one.value(), run.startedAt(), one.wallNanos(), one.readings());
  }

  /** What a series' object says, in whatever order. */
  private static final class Given {
    private @Nullable String suite;
    private @Nullable String name;
    private @Nullable String metric;
    private @Nullable String unit;
    private @Nullable String direction;
    private boolean isDirectionAssumed;
    private @Nullable String device;
    private SortedMap<String, String> parameters = Collections.emptySortedMap();
    private @Nullable JsonNode marks;
    private @Nullable JsonNode startedAt;
    private @Nullable JsonNode wallNanos;
    private @Nullable JsonNode readings;
  }

  private void series() throws RunFile.Unreadable {
    Given given = new Given();
    valueCount = 0;
    ordinalCount = 0;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
    } else {
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        property(given, json.currentName(), json.nextToken());
      }
    }
    // Files of earlier versions hold values in the units of the tools.
    Unit unit = Unit.of(given("unit", given.unit));
    Series series = series(given, unit);
    if (given.isDirectionAssumed) {
      assumed.add(series);
    }
    takeValues(
        series,
        unit,
        new ObservedColumns(given.startedAt, given.wallNanos, given.readings, valueCount));
    takeMarks(series, given.marks);
  }

  private void property(Given given, String name, JsonToken value) {
    switch (name) {
      case "suite" -> given.suite = text(value);
      case "benchmark" -> given.name = text(value);
      case "metric" -> given.metric = text(value);
      case "unit" -> given.unit = text(value);
      case "direction" -> given.direction = text(value);
      case "direction_assumed" -> {
        given.isDirectionAssumed = value == JsonToken.VALUE_TRUE;
        json.skipChildren();
      }
      case "device" -> given.device = text(value);
      case "parameters" -> given.parameters = parameters(value);
      case "ordinals" -> ordinals(value);
      case "values" -> values(value);
      case "disturbed" -> given.marks = json.readValueAsTree();
      case ObservedColumns.STARTED_AT -> given.startedAt = json.readValueAsTree();
      case ObservedColumns.WALL_NANOS -> given.wallNanos = json.readValueAsTree();
      case ObservedColumns.READINGS -> given.readings = json.readValueAsTree();
      default -> json.skipChildren();
    }
  }

  private @Nullable String text(JsonToken value) {
    json.skipChildren();
    return value == JsonToken.VALUE_STRING ? withoutControls(json.getString()) : null;
  }

  private SortedMap<String, String> parameters(JsonToken value) {
    SortedMap<String, String> parameters = new TreeMap<>();
    if (value == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        parameters.put(name, json.<JsonNode>readValueAsTree().asString());
      }
    } else {
      json.skipChildren();
    }
    return parameters.isEmpty()
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(parameters);
  }

  private void ordinals(JsonToken value) {
    ordinalCount = 0;
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (ordinalCount == ordinals.length) {
        ordinals = Arrays.copyOf(ordinals, 2 * ordinals.length);
      }
      boolean isInt =
          next == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT;
      ordinals[ordinalCount++] = isInt ? json.getIntValue() : NO_ORDINAL;
      json.skipChildren();
    }
  }

  private void values(JsonToken value) {
    valueCount = 0;
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (valueCount == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      values[valueCount++] = next.isNumeric() ? json.getDoubleValue() : Double.NaN;
      json.skipChildren();
    }
  }

  private Series series(Given given, Unit unit) throws RunFile.Unreadable {
    Benchmark benchmark =
        new Benchmark(
            given("benchmark", given.name),
            given.suite == null ? null : pool.text(given.suite),
            pool.text(given("metric", given.metric)),
            unit.symbol(),
            Direction.of(given("direction", given.direction)));
    return pool.series(
        new Series(
            benchmark,
            pool.parameters(given.parameters),
            Device.of(given("device", given.device))));
  }

  private void takeValues(Series series, Unit unit, ObservedColumns observed)
      throws RunFile.Unreadable {
    String name = series.benchmark().name();
    if (valueCount == 0 || valueCount != ordinalCount) {
      throw new RunFile.Unreadable("the series " + name + " has not one ordinal for each value");
    }
    boolean isAscending = true;
    for (int i = 0; i < valueCount; i++) {
      if (Double.isNaN(values[i]) || ordinals[i] == NO_ORDINAL) {
        throw new RunFile.Unreadable("value " + i + " of " + name + " is no number");
      }
      values[i] = unit.canonical(values[i]);
      isAscending &= i == 0 || ordinals[i] > ordinals[i - 1];
    }
    if (isAscending) {
      for (int i = 0; i < valueCount; i++) {
        take(series, i, observed);
      }
      return;
    }
    // One ordinal has one value, the last that was said of it.
    Map<Long, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < valueCount; i++) {
      last.put(ordinals[i], i);
    }
    for (int row : last.values()) {
      take(series, row, observed);
    }
  }

  private void take(Series series, int row, ObservedColumns observed) throws RunFile.Unreadable {
    samples.add(
        new Sample(
            series,
            (int) ordinals[row],
            values[row],
            observed.startedAt(row).orElse(startedAt),
            observed.wallNanos(row),
            observed.readings(row)));
  }

  private void takeMarks(Series series, @Nullable JsonNode marks) throws RunFile.Unreadable {
    if (marks == null) {
      return;
    }
    for (JsonNode mark : marks) {
      double weight = mark.path("weight").asDouble(0);
      if (weight > 0 && weight < 1) {
        disturbed.add(
            new DisturbedSample(
                series, mark.path("ordinal").asInt(-1), weight, required(mark, "causes")));
      }
    }
  }

  private static BenchmarkFailure failure(JsonNode node) throws RunFile.Unreadable {
    SortedMap<String, String> parameters = null;
    if (node.has("parameters")) {
      parameters = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : node.path("parameters").properties()) {
        parameters.put(entry.getKey(), entry.getValue().asString());
      }
      parameters = Collections.unmodifiableSortedMap(parameters);
    }
    String device = optional(node, "device");
    return new BenchmarkFailure(
        optional(node, "suite"),
        required(node, "name"),
        parameters,
        device == null ? null : Device.of(device),
        required(node, "reason"));
  }

  static String required(JsonNode node, String name) throws RunFile.Unreadable {
    return given(name, optional(node, name));
  }

  static @Nullable String optional(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() ? withoutControls(value.asString()) : null;
  }

  private static String given(String name, @Nullable String text) throws RunFile.Unreadable {
    if (text == null) {
      throw new RunFile.Unreadable("it has no '" + name + "'");
    }
    return text;
  }

  private static String withoutControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f) {
        return CONTROL.matcher(text).replaceAll("?");
      }
    }
    return text;
  }

  static @Nullable String hex(@Nullable String commit) throws RunFile.Unreadable {
    if (commit != null && !commit.matches("([0-9a-f]{40}|[0-9a-f]{64})")) {
      throw new RunFile.Unreadable("its commit is no object name");
    }
    return commit;
  }
}
