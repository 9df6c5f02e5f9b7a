package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.number;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonDocument;
import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.json.JsonShape;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.formats.reading.ResultText;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The folder {@code new} of criterion, one for each benchmark, found by its {@code estimates.json}:
 * beside it lie the raw samples and the benchmark's whole name. The estimate of the typical time is
 * the fallback. {@code base} and {@code change} are of an earlier run.
 */
final class Criterion {
  private static final String ESTIMATES = "estimates.json";
  private static final String SAMPLES = "sample.json";

  private Criterion() {}

  static boolean recognises(JsonShape shape, Path file) {
    if (shape.has("mean", "median", "std_dev") || isCutOff(shape, file)) {
      return true;
    }
    boolean isBeside =
        shape.has("full_id", "group_id") || shape.has("iters", "times") || shape.has("[]");
    return isBeside
        && List.of("benchmark.json", SAMPLES, "tukey.json")
            .contains(String.valueOf(file.getFileName()))
        && Files.exists(file.resolveSibling(ESTIMATES));
  }

  /** Estimates of which the end is gone: the samples lie beside them. */
  private static boolean isCutOff(JsonShape shape, Path file) {
    return file.endsWith(ESTIMATES)
        && shape.isDamaged()
        && Files.exists(file.resolveSibling(SAMPLES));
  }

  static void read(JsonDocument document, Path file, ResultSink sink) throws IOException {
    if (!file.endsWith(ESTIMATES) && Files.exists(file.resolveSibling(ESTIMATES))) {
      sink.readElsewhere();
      return;
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder != null && (folder.endsWith("base") || folder.endsWith("change"))) {
      sink.readElsewhere();
      return;
    }
    String name = name(file, sink);
    Path samples = file.resolveSibling(SAMPLES);
    if (!Files.isRegularFile(samples) || !new CriterionSamples(name, sink).read(samples)) {
      JsonRecords.top(document, sink, (none, record) -> estimate(name, record, sink));
    }
  }

  private static void estimate(String name, JsonNode record, ResultSink sink) throws BadRecord {
    boolean hasSlope = record.path("slope").isObject();
    JsonNode estimate = record.path(hasSlope ? "slope" : "mean");
    try {
      new Measured(sink, name).lower("time", "ns", number(estimate, "point_estimate"));
    } catch (BadRecord e) {
      throw e.of(name);
    }
  }

  private static String name(Path file, ResultSink sink) throws IOException {
    Path known = file.resolveSibling("benchmark.json");
    String[] name = {""};
    if (Files.isRegularFile(known)) {
      try (Reader text = ResultText.of(known).open(null)) {
        JsonRecords.top(
            new JsonDocument(text, 0),
            new ResultSink(), // what is wrong with it only costs the name
            (none, record) -> name[0] = text(record, "full_id"));
      }
      if (name[0].isBlank()) {
        sink.remark("benchmark.json beside it does not tell the name, so the folder's stands");
      }
    }
    return name[0].isBlank() ? folderName(file) : name[0];
  }

  /** Of target/criterion/GROUP/FUNCTION/new/estimates.json, GROUP/FUNCTION. */
  private static String folderName(Path file) {
    Path folder = file.toAbsolutePath().normalize().resolve("../..").normalize();
    String name = "";
    boolean isBelowCriterion = false;
    for (Path part : folder) {
      boolean isRoot = part.endsWith("criterion");
      isBelowCriterion |= isRoot;
      name = isRoot ? "" : name.isEmpty() ? "" + part : name + "/" + part;
    }
    return isBelowCriterion && !name.isEmpty() ? name : String.valueOf(folder.getFileName());
  }
}
