package dev.nightjar.doors;

import dev.nightjar.model.Failure;
import java.util.concurrent.CancellationException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * The routes by which things come in. Each is thin: it names its bean and its end. What the
 * environment did not give is tried again a little later; what still fails is kept as a dead
 * letter, and the failure goes on to the caller, who decides whether the run can.
 */
final class IngestRoutes extends RouteBuilder {
  static final String GIT = "direct:git";
  static final String TELEMETRY = "direct:telemetry";
  static final String DEAD_LETTER = "direct:dead-letter";

  private static final int REDELIVERIES = 2;
  private static final long REDELIVERY_MILLIS = 500;

  private final Sinks sinks;

  /** The beans at the ends of the routes. */
  record Sinks(GitSink git, TelemetrySink telemetry, LiveSink live, DeadLetterSink deadLetters) {}

  IngestRoutes(Sinks sinks) {
    this.sinks = sinks;
  }

  @Override
  public void configure() {
    onException(Failure.Unavailable.class)
        .maximumRedeliveries(REDELIVERIES)
        .redeliveryDelay(REDELIVERY_MILLIS)
        .useExponentialBackOff()
        .logExhausted(false)
        .retryAttemptedLogLevel(LoggingLevel.WARN)
        .handled(false)
        .process(sinks.deadLetters()::keepFailed);
    // Whoever stops an ingest knows why it ended.
    onException(CancellationException.class, InterruptedException.class)
        .logExhausted(false)
        .handled(false);
    onException(Exception.class)
        .logExhausted(false)
        .handled(false)
        .process(sinks.deadLetters()::keepFailed);

    from(GIT).routeId("git").bean(sinks.git());
    from(TELEMETRY).routeId("telemetry").bean(sinks.telemetry()).bean(sinks.live());
    from(DEAD_LETTER).routeId("dead-letter").bean(sinks.deadLetters());
  }
}
