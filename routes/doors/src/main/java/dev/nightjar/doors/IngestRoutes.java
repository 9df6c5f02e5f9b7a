package dev.nightjar.doors;

/** How things come in. The caller waits until they are stored. */
final class IngestRoutes extends DoorRoutes {
  static final String GIT = "direct:git";
  static final String TELEMETRY = "direct:telemetry";

  @Override
  void routes() {
    from(GIT).routeId("git").bean(new GitSink(deadLetters));
    from(TELEMETRY).routeId("telemetry").bean(new TelemetrySink()).bean(new LiveSink());
  }
}
