package dev.nightjar.doors;

import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.Failure;
import org.apache.camel.Exchange;

/** The end of what could not be taken in: the dead-letter table. */
final class DeadLetterSink {
  void keep(DeadLetter letter, RunPorts run) {
    run.database().deadLetters().put(run.runId(), letter);
  }

  /** Keeps what an exchange carried when its route gave up. */
  void keepFailed(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    String payload = String.valueOf(exchange.getMessage().getBody());
    DeadLetter letter =
        new DeadLetter(
            String.valueOf(exchange.getFromRouteId()),
            payload.lines().findFirst().orElse(""),
            payload.substring(0, Math.min(payload.length(), DeadLetter.PAYLOAD_CHARS_MAX)),
            String.valueOf(failure));
    try {
      keep(letter, exchange.getMessage().getHeader(RunPorts.HEADER, RunPorts.class));
    } catch (Failure e) {
      // With the database gone there is nowhere to keep it; the caller hears of both.
      failure.addSuppressed(e);
    }
  }
}
