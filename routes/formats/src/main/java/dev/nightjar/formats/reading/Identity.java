package dev.nightjar.formats.reading;

import dev.nightjar.model.Device;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose value it is, as one record tells. Which series that makes is decided when all files of a
 * run are read: {@link SeriesNames}.
 */
final class Identity {
  private final String name;
  private final SortedMap<String, String> parameters;
  private final Map<String, String> circumstances;
  private final Device device;
  private final @Nullable String written;
  private final int file;

  /**
   * Of a record.
   *
   * @param name stable from run to run, see {@link StableText}; not blank
   * @param parameters always part of the series
   * @param circumstances part of it only where they tell alike series of this run apart
   * @param written the name and parameters as the tool wrote them, where they are not stable
   * @param file the number of its file in this reading
   */
  Identity(
      String name,
      SortedMap<String, String> parameters,
      Map<String, String> circumstances,
      Device device,
      @Nullable String written,
      int file) {
    this.name = name;
    this.parameters = parameters;
    this.circumstances = circumstances;
    this.device = device;
    this.written = written;
    this.file = file;
  }

  String name() {
    return name;
  }

  SortedMap<String, String> parameters() {
    return parameters;
  }

  Map<String, String> circumstances() {
    return circumstances;
  }

  Device device() {
    return device;
  }

  @Nullable String written() {
    return written;
  }

  int file() {
    return file;
  }
}
