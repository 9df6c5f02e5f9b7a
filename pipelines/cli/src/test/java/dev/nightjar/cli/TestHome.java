package dev.nightjar.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Homes of their own for tests, which share the folder into which the stores' programs are
 * unpacked: that takes seconds, and a test of its own is {@code EmbeddedStoresIT}.
 */
final class TestHome {
  private static final Path CACHE = Path.of("target", "test-cache").toAbsolutePath();

  private TestHome() {}

  static Map<String, String> environment(Path home) {
    return Map.of("HOME", home.toString(), "XDG_CACHE_HOME", CACHE.toString());
  }
}
