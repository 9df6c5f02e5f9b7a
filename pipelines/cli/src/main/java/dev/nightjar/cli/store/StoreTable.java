package dev.nightjar.cli.store;

import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.TextTable;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.embedded.StoreStatus;
import dev.nightjar.store.sql.DatabaseAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the stores stand: those in use, and the embedded ones, whether they are or not. */
final class StoreTable {
  private final Invocation invocation;
  private final StoreSettings settings;
  private final StoreStatus status;

  /**
   * A table.
   *
   * @param settings which stores are in use
   */
  StoreTable(Invocation invocation, StoreSettings settings, StoreStatus status) {
    this.invocation = invocation;
    this.settings = settings;
    this.status = status;
  }

  void print() {
    if (invocation.wantsJson()) {
      invocation.out().println(json());
      return;
    }
    TextTable table = new TextTable(List.of("store", "state", "address", "data"));
    if (!settings.hasEmbeddedDatabase()) {
      table.row(List.of("PostgreSQL", "in use", databasePlace(), "yours; doctor asks it"));
    }
    if (!settings.hasEmbeddedRedis()) {
      table.row(List.of("Redis", "in use", redisPlace(), "yours; doctor asks it"));
    }
    table.row(
        List.of(
            settings.hasEmbeddedDatabase() ? "PostgreSQL" : "embedded PostgreSQL",
            state(settings.hasEmbeddedDatabase(), status.postgres().isPresent()),
            status.postgres().map(access -> "127.0.0.1:" + access.port()).orElse(""),
            "%s (%.1f MiB)"
                .formatted(status.postgresFolder(), status.postgresBytes() / (double) (1 << 20))));
    table.row(
        List.of(
            settings.hasEmbeddedRedis() ? "Redis" : "embedded Redis",
            state(settings.hasEmbeddedRedis(), status.redis().isPresent()),
            status.redis().map(access -> "127.0.0.1:" + access.port()).orElse(""),
            "in memory only"));
    table.print(invocation.out());
  }

  /** A server that is not in use needs nobody's care for being stopped. */
  private static String state(boolean isUsed, boolean isRunning) {
    String state = isRunning ? "running" : "stopped";
    return isUsed ? state : "not in use, " + state;
  }

  private String databasePlace() {
    return DatabaseAddress.parse(settings.databaseUrl()).place();
  }

  private String redisPlace() {
    try {
      URI uri = new URI(settings.redisUrl());
      return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    } catch (URISyntaxException e) {
      return "its URL cannot be read"; // and is not told, as it holds a password
    }
  }

  private String json() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    ObjectNode postgres = root.putObject("postgresql");
    postgres.put("running", status.postgres().isPresent());
    postgres.put("in_use", settings.hasEmbeddedDatabase());
    if (!settings.hasEmbeddedDatabase()) {
      postgres.put("used_instead", databasePlace());
    }
    status.postgres().ifPresent(access -> postgres.put("port", access.port()));
    postgres.put("folder", status.postgresFolder().toString());
    postgres.put("bytes", status.postgresBytes());
    ObjectNode redis = root.putObject("redis");
    redis.put("running", status.redis().isPresent());
    redis.put("in_use", settings.hasEmbeddedRedis());
    if (!settings.hasEmbeddedRedis()) {
      redis.put("used_instead", redisPlace());
    }
    status.redis().ifPresent(access -> redis.put("port", access.port()));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }
}
