package dev.nightjar.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/settings.md says what the schema says. */
class SettingsDocumentTest {
  @Test
  void holdsTheTableOfAllKeys() throws IOException {
    String document = Files.readString(Path.of("..", "..", "docs", "settings.md"));
    assertTrue(
        document.endsWith(SettingsFile.markdownTable()),
        "docs/settings.md should end with:\n" + SettingsFile.markdownTable());
  }
}
