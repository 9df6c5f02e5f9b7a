package dev.nightjar.store.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
  private static final String VIEWS =
      "be47014f1789b30245b0617a96570d08d8599149600a5cafef819da2c8e5994b";

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
