package dev.nightjar.jobs.ledger;

import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.PostgresAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One PostgreSQL for all tests here; every test brings its own repositories and runs. */
public final class LedgerStores implements BeforeAllCallback {
  private static final ExtensionContext.Namespace PLACE =
      ExtensionContext.Namespace.create(LedgerStores.class);
  private static final Path FOLDER = Path.of("target", "ledger-stores").toAbsolutePath();

  /** Without Redis, which no run needs. */
  static final StoreSettings SETTINGS =
      new StoreSettings(
          StoreSettings.EMBEDDED,
          "redis://127.0.0.1:1",
          FOLDER.resolve(System.getProperty("nightjar.test.data", "data")),
          FOLDER.resolve("cache"),
          Duration.ofMinutes(10));

  private @Nullable Opened opened;

  private record Opened(Stores stores) implements AutoCloseable {
    @Override
    public void close() {
      stores.close();
      Stores.embedded(SETTINGS).stop(true);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    opened =
        context
            .getRoot()
            .getStore(PLACE)
            .computeIfAbsent("stores", _ -> new Opened(Stores.open(SETTINGS)), Opened.class);
  }

  /** The stores, open until the last test has run. */
  public Stores stores() {
    return Objects.requireNonNull(opened).stores();
  }

  /** The same database by another port of this machine. */
  StoreSettings through(int port) {
    PostgresAccess access = Stores.embedded(SETTINGS).status().postgres().orElseThrow();
    return SETTINGS.withUrls(
        "postgresql://%s:%s@127.0.0.1:%d/nightjar?sslmode=disable&gssEncMode=disable&connectTimeout=1"
            .formatted(PostgresAccess.OWNER, access.ownerPassword(), port),
        SETTINGS.redisUrl());
  }

  int port() {
    return Stores.embedded(SETTINGS).status().postgres().orElseThrow().port();
  }
}
