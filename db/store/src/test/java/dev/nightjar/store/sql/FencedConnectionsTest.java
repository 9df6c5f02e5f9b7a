package dev.nightjar.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class FencedConnectionsTest {
  /** Batch asks four or five times to note a failure, and a pool lets each wait for 15 seconds. */
  @Test
  void noServerIsAskedOnceItIsGivenUp() {
    PGSimpleDataSource nobody = new PGSimpleDataSource();
    nobody.setUrl("jdbc:postgresql://127.0.0.1:1/none");
    Retries retries = new Retries(Duration.ofMinutes(1), () -> {});
    FencedConnections connections = new FencedConnections(nobody, List.of(), retries);

    SQLException asked = assertThrows(SQLException.class, connections::getConnection);
    assertTrue(asked.getMessage().contains("refused"), asked.getMessage());
    retries.giveUp();
    SQLException refused = assertThrows(SQLException.class, connections::getConnection);
    assertEquals("it has been away for too long", refused.getMessage());
    assertTrue(SqlFailure.isAway(SqlFailure.stateOf(refused)));
  }
}
