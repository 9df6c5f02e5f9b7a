package dev.nightjar.store.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
  private static final String VIEWS =
      "6b2ecee82ef67684676196d5537acd394a56c855e6cb57696792c38ac13c069d";

  @Test
  void whoeverChangesTheViewsRaisesTheirVersion() throws Exception {
    String text = SchemaMigration.text(SchemaMigration.VIEWS);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        VIEWS,
        HexFormat.of().formatHex(digest),
        "The views have changed: raise the version in their first line above that of all"
            + " migrations, so that databases get them, then put the new digest here.");
  }
}
