package dev.nightjar.gate.exchange;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.run.BenchmarkFailure;
import dev.nightjar.store.sample.DisturbedSample;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/** The format of a run's file, JSON, version 1; docs/results-format.md describes it. */
public final class RunFile {
  static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private RunFile() {}

  /** A text that is no run's file; the message says why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason, Throwable cause) {
      super(reason, cause);
    }

    Unreadable(String reason) {
      super(reason);
    }
  }

  /** Writes the file, piece by piece as it is made; the writer stays open. */
  public static void write(ArchivedRun archived, Writer text) throws IOException {
    PastRun run = archived.run();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberProperty("nightjar_run", VERSION);
      json.writeStringProperty("run", run.id().toString());
      json.writeStringProperty("pipeline", run.pipeline());
      json.writeStringProperty("started_at", run.startedAt().toString());
      write(json, "commit", run.commit());
      write(json, "branch", run.branch());
      json.writeStringProperty("machine_key", archived.machineKey());
      json.writeStringProperty("machine", archived.machine());
      json.writeArrayPropertyStart("failures");
      archived.failures().forEach(failure -> writeFailure(json, failure));
      json.writeEndArray();
      json.writeArrayPropertyStart("series");
      Map<Series, List<DisturbedSample>> marks =
          archived.disturbed().stream().collect(Collectors.groupingBy(DisturbedSample::series));
      PresentRun.of(run, archived.samples(), List.of())
          .samples()
          .forEach((one, samples) ->
              writeSeries(
                  json,
                  one,
                  archived.assumed().contains(one),
                  samples,
                  marks.getOrDefault(one, List.of())));
      json.writeEndArray();
      FindingsJson.write(json, archived.findings(), series -> writeIdentity(json, series));
      json.writeEndObject();
    }
    text.write('\n');
    text.flush();
  }

  private static void writeFailure(JsonGenerator json, BenchmarkFailure failure) {
    json.writeStartObject();
    write(json, "suite", failure.suite());
    json.writeStringProperty("name", failure.name());
    json.writeStringProperty("reason", failure.reason());
    SortedMap<String, String> parameters = failure.parameters();
    if (parameters != null) {
      json.writeObjectPropertyStart("parameters");
      parameters.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    Device device = failure.device();
    if (device != null) {
      json.writeStringProperty("device", device.label());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String text) {
    if (text == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  private static void writeSeries(
      JsonGenerator json,
      Series series,
      boolean isAssumed,
      List<Sample> samples,
      List<DisturbedSample> disturbed) {
    json.writeStartObject();
    writeIdentity(json, series);
    if (isAssumed) {
      json.writeBooleanProperty("direction_assumed", true);
    }
    json.writeArrayPropertyStart("ordinals");
    samples.forEach(sample -> json.writeNumber(sample.ordinal()));
    json.writeEndArray();
    json.writeArrayPropertyStart("values");
    samples.forEach(sample -> json.writeNumber(sample.value()));
    json.writeEndArray();
    ObservedColumns.write(json, samples);
    writeMarks(json, disturbed);
    json.writeEndObject();
  }

  private static void writeIdentity(JsonGenerator json, Series series) {
    Benchmark benchmark = series.benchmark();
    write(json, "suite", benchmark.suite());
    json.writeStringProperty("benchmark", benchmark.name());
    json.writeStringProperty("metric", benchmark.metric());
    json.writeStringProperty("unit", benchmark.unit());
    json.writeStringProperty("direction", benchmark.direction().word());
    json.writeStringProperty("device", series.device().label());
    json.writeObjectPropertyStart("parameters");
    series.parameters().forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void writeMarks(JsonGenerator json, List<DisturbedSample> disturbed) {
    json.writeArrayPropertyStart("disturbed");
    for (DisturbedSample mark : disturbed) {
      json.writeStartObject();
      json.writeNumberProperty("ordinal", mark.ordinal());
      json.writeNumberProperty("weight", mark.weight());
      json.writeStringProperty("causes", mark.causes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Reads a file.
   *
   * @param pool of what the other files of its folder hold
   */
  public static ArchivedRun read(InputStream text, SeriesPool pool) throws Unreadable, IOException {
    try (JsonParser json = JSON.createParser(text)) {
      return new RunFileReader(json, pool).read();
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new Unreadable("it is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
