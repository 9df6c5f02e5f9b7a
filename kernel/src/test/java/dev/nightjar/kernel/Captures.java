package dev.nightjar.kernel;

import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads captures, and parses them into the values by {@code name{attributes}}. */
public final class Captures {
  private Captures() {}

  public static byte[] bytes(String capture) {
    try (var in = Captures.class.getResourceAsStream(capture)) {
      return Objects.requireNonNull(in, capture).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Map<String, Double> parse(
      String capture, Function<Columns, FileSource.Parser> parser) {
    return parse(bytes(capture), parser);
  }

  public static Map<String, Double> parse(
      byte[] bytes, Function<Columns, FileSource.Parser> parser) {
    Columns columns = new Columns();
    KernelText text = new KernelText();
    text.reset(bytes, bytes.length);
    parser.apply(columns).parse(text, 1000);
    return values(columns);
  }

  public static Map<String, Double> values(Columns columns) {
    Map<String, Double> values = new TreeMap<>();
    for (TelemetryBatch batch : columns.drain()) {
      String attributes = batch.metric().attributes();
      String name = batch.metric().name() + (attributes.isEmpty() ? "" : "{" + attributes + "}");
      values.put(name, batch.values()[batch.values().length - 1]);
    }
    return values;
  }
}
