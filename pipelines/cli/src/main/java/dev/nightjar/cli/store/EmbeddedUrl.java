package dev.nightjar.cli.store;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.model.Failure;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.EmbeddedStores;
import dev.nightjar.store.embedded.PostgresAccess;

/** {@code nightjar db url}: the embedded database's address for clients of the person's. */
final class EmbeddedUrl {
  private EmbeddedUrl() {}

  /** Prints it with its password, and on standard error what that means. */
  static int print(Invocation invocation) {
    StoreSettings settings = StoreSettings.fromEnvironment(invocation.environment());
    if (!settings.hasEmbeddedDatabase()) {
      throw new Failure.Misuse(
          "db url tells the embedded database's address, and NIGHTJAR_DATABASE_URL names another:"
              + " that one is its own.");
    }
    EmbeddedStores embedded = Stores.embedded(settings);
    PostgresAccess access;
    try (EmbeddedStores.Use _ = embedded.use()) {
      access = embedded.postgres();
    }
    boolean isReader = invocation.has("reader");
    String url = access.loginUrl(isReader);
    invocation.out().println(invocation.wantsJson() ? "{\"url\":\"" + url + "\"}" : url);
    invocation
        .err()
        .printf(
            "This address holds the password of '%s', who may %s: keep it out of logs and files. The"
                + " server listens on this machine alone and stops when neither Nightjar nor a"
                + " client has used it for %d minutes; its port may be another then.%n",
            isReader ? PostgresAccess.READER : PostgresAccess.OWNER,
            isReader ? "read the public views" : "change and delete everything",
            settings.idleTime().toMinutes());
    return ExitCode.DONE;
  }
}
