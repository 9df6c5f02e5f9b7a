package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.settings.Settings;
import dev.nightjar.settings.SettingsReader;
import dev.nightjar.settings.trust.SettingsText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
  private static final String SECRET = "ghp_0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void aFailingSetUpShowsNoSecretAndOnlyItsEnd() throws InterruptedException {
    String yaml = "setup: 'yes y | head -c 3000000; echo ${TOKEN}; exit 4'";
    SettingsText text = new SettingsText(folder.resolve("nightjar.yaml"), yaml);
    Settings settings = SettingsReader.read(folder, Optional.of(text), Map.of("TOKEN", SECRET));

    String problem = Checkout.setUp(folder, settings.setup()).orElseThrow();

    assertTrue(problem.endsWith("${TOKEN}"), problem);
    assertTrue(problem.length() < 2000, "its length is " + problem.length());
    assertFalse(problem.contains(SECRET), problem);
  }

  @Test
  void aSetUpWithoutItsProgramSaysWhatItsCodeMeans() throws InterruptedException {
    SettingsText text = new SettingsText(folder.resolve("nightjar.yaml"), "setup: no-such-tool");
    Settings settings = SettingsReader.read(folder, Optional.of(text), Map.of());

    String problem = Checkout.setUp(folder, settings.setup()).orElseThrow();

    assertTrue(problem.contains("ended with 127, a shell's word for a program"), problem);
  }
}
