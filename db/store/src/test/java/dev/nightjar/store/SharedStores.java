package dev.nightjar.store;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One pair of servers for all tests of a JVM that need no servers of their own; stopped, not only
 * closed, when the last test has run. Every test brings its own repositories, hosts and runs.
 */
public final class SharedStores implements AutoCloseable {
  static final Path FOLDER = Path.of("target", "test-stores").toAbsolutePath();

  /** Of each JVM of tests its own: what stops its server must not stop another's. */
  private static final String DATA = System.getProperty("nightjar.test.data", "data");

  public static final StoreSettings SETTINGS =
      new StoreSettings(
          StoreSettings.EMBEDDED,
          StoreSettings.EMBEDDED,
          FOLDER.resolve(DATA),
          FOLDER.resolve("cache"),
          Duration.ofMinutes(10));

  private final Stores stores = Stores.open(SETTINGS);

  /** For {@code @RegisterExtension}. */
  public static Access access() {
    return new Access();
  }

  @Override
  public void close() {
    stores.close();
    Stores.embedded(SETTINGS).stop(true);
  }

  /** The handle that a test class registers. */
  public static final class Access implements BeforeAllCallback {
    private static final ExtensionContext.Namespace PLACE =
        ExtensionContext.Namespace.create(SharedStores.class);

    private @org.jspecify.annotations.Nullable SharedStores shared;

    @Override
    public void beforeAll(ExtensionContext context) {
      shared =
          context
              .getRoot()
              .getStore(PLACE)
              .computeIfAbsent("stores", key -> new SharedStores(), SharedStores.class);
    }

    public Stores stores() {
      return java.util.Objects.requireNonNull(shared).stores;
    }

    public Database database() {
      return stores().database();
    }
  }
}
