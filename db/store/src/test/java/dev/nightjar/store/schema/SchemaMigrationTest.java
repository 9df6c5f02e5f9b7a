package dev.nightjar.store.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
  private static final String VIEWS =
      "72526d0358aafe1c9ab2c5909abd7c34ab2770b28faa2ada2bfab3d83fd388a7";

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
