package dev.nightjar.kernel.telemetry;

/** One kernel file that is read at every tick it is due, and the columns it fills. */
public interface TelemetrySource extends AutoCloseable {

  /** Reads once. What cannot be read leaves no entry. */
  void sample(long epochMillis);

  @Override
  void close();
}
