package dev.nightjar.site.download;

import java.io.Writer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** An object that is written property by property; what is absent is null, never zero. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator out;

  private Json(JsonGenerator out) {
    this.out = out;
  }

  /** Writes one object. */
  public static void write(Writer to, Consumer<Json> properties) {
    try (JsonGenerator out = MAPPER.writerWithDefaultPrettyPrinter().createGenerator(to)) {
      out.writeStartObject();
      properties.accept(new Json(out));
      out.writeEndObject();
    }
  }

  /** A text. */
  public Json text(String name, @Nullable String value) {
    if (value == null) {
      out.writeNullProperty(name);
    } else {
      out.writeStringProperty(name, value);
    }
    return this;
  }

  /** A whole number. */
  public Json count(String name, long value) {
    out.writeNumberProperty(name, value);
    return this;
  }

  /** A number. */
  public Json number(String name, @Nullable Double value) {
    if (value == null) {
      out.writeNullProperty(name);
    } else {
      out.writeNumberProperty(name, value);
    }
    return this;
  }

  /** A moment in ISO 8601. */
  public Json moment(String name, @Nullable Instant value) {
    return text(name, value == null ? null : value.toString());
  }

  /** An object of its own. */
  public Json object(String name, Runnable properties) {
    out.writeObjectPropertyStart(name);
    properties.run();
    out.writeEndObject();
    return this;
  }

  /** An object of texts. */
  public Json texts(String name, Map<String, String> texts) {
    return object(name, () -> texts.forEach(this::text));
  }

  /** A list of objects, one for each of these. */
  public <T> Json list(String name, Collection<T> all, Consumer<T> properties) {
    out.writeArrayPropertyStart(name);
    for (T one : all) {
      out.writeStartObject();
      properties.accept(one);
      out.writeEndObject();
    }
    out.writeEndArray();
    return this;
  }

  /** A list of numbers, one for each of these. */
  public <T> Json numbers(String name, Collection<T> all, ToDoubleFunction<T> number) {
    out.writeArrayPropertyStart(name);
    for (T one : all) {
      out.writeNumber(number.applyAsDouble(one));
    }
    out.writeEndArray();
    return this;
  }
}
