package dev.nightjar.doors;

import dev.nightjar.model.Failure;
import java.util.concurrent.CancellationException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Routes of one purpose, each thin: it names its bean and its end. All fail in the same way: what
 * the environment did not give is tried again a little later; what still fails is kept as a dead
 * letter, and the failure goes on to the caller, who decides whether the run can.
 */
abstract class DoorRoutes extends RouteBuilder {
  private static final int REDELIVERIES = 2;
  private static final long REDELIVERY_MILLIS = 500;

  final DeadLetterSink deadLetters = new DeadLetterSink();

  @Override
  public final void configure() {
    onException(Failure.Unavailable.class)
        .maximumRedeliveries(REDELIVERIES)
        .redeliveryDelay(REDELIVERY_MILLIS)
        .useExponentialBackOff()
        .logExhausted(false)
        .retryAttemptedLogLevel(LoggingLevel.WARN)
        .handled(false)
        .process(deadLetters::keepFailed);
    // Whoever stops an ingest knows why it ended.
    onException(CancellationException.class, InterruptedException.class)
        .logExhausted(false)
        .handled(false);
    onException(Exception.class)
        .logExhausted(false)
        .handled(false)
        .process(deadLetters::keepFailed);
    routes();
  }

  abstract void routes();
}
