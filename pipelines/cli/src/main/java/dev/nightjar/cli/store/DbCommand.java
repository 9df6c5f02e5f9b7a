package dev.nightjar.cli.store;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.TextTable;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Nearest;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.EmbeddedStores;
import dev.nightjar.store.embedded.StoreStatus;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code nightjar db}: the embedded stores themselves, and what could not be stored. */
public final class DbCommand implements Command {
  private static final String DEAD_LETTERS = "dead-letters";
  private static final List<String> VERBS =
      List.of("status", "start", "stop", "restart", DEAD_LETTERS);

  /** What an option is about. */
  private static final Map<String, List<String>> VERBS_OF_OPTION =
      Map.of(
          "force", List.of("stop", "restart"),
          "replay", List.of(DEAD_LETTERS),
          "repo", List.of(DEAD_LETTERS),
          "config", List.of(DEAD_LETTERS));

  @Override
  public String name() {
    return "db";
  }

  @Override
  public String summary() {
    return "Show, start or stop the embedded stores; list what could not be stored.";
  }

  @Override
  public String operands() {
    return "status|start|stop|restart|dead-letters";
  }

  @Override
  public List<String> words() {
    return VERBS;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommandOptions.flag(
                "force",
                "Stop even while another nightjar uses the stores; its run can be resumed."))
        .addOption(
            CommandOptions.flag(
                "replay",
                "Take in again what the dead letters hold; those that succeed are removed."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar db status",
        "nightjar db stop",
        "nightjar db dead-letters             what could not be taken in, and why",
        "nightjar db dead-letters --replay");
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    String verb = invocation.operands().isEmpty() ? "status" : invocation.operands().getFirst();
    if (VERBS.contains(verb)) {
      refuseForeignOptions(invocation, verb);
    }
    if (verb.equals(DEAD_LETTERS)) {
      return new DeadLetterList(invocation).show();
    }
    StoreSettings settings = StoreSettings.fromEnvironment(invocation.environment());
    EmbeddedStores stores = Stores.embedded(settings);
    switch (verb) {
      case "status" -> {}
      case "start" -> {
        try (Stores opened =
            Stores.open(settings.withUrls(StoreSettings.EMBEDDED, StoreSettings.EMBEDDED))) {
          opened.redis();
        }
      }
      case "stop" -> stores.stop(invocation.has("force"));
      case "restart" -> stores.restart(invocation.has("force"));
      default -> throw unknown(verb);
    }
    print(invocation, stores.status());
    return ExitCode.DONE;
  }

  private static Failure.Misuse unknown(String verb) {
    return new Failure.Misuse(
        "'db "
            + verb
            + "' is no command."
            + Nearest.to(verb, VERBS)
                .map(nearest -> " Did you mean 'db " + nearest + "'?")
                .orElse(" It knows " + String.join(", ", VERBS) + "."));
  }

  private static void refuseForeignOptions(Invocation invocation, String verb) {
    VERBS_OF_OPTION.forEach((option, verbs) -> {
      if (invocation.has(option) && !verbs.contains(verb)) {
        throw new Failure.Misuse(
            "--%s does nothing for 'db %s': it is about 'db %s'."
                .formatted(option, verb, String.join("' and 'db ", verbs)));
      }
    });
  }

  private static void print(Invocation invocation, StoreStatus status) {
    if (invocation.wantsJson()) {
      invocation.out().println(json(status));
      return;
    }
    TextTable table = new TextTable(List.of("store", "state", "address", "data"));
    table.row(
        List.of(
            "PostgreSQL",
            status.postgres().isPresent() ? "running" : "stopped",
            status.postgres().map(access -> "127.0.0.1:" + access.port()).orElse(""),
            "%s (%.1f MiB)"
                .formatted(status.postgresFolder(), status.postgresBytes() / (double) (1 << 20))));
    table.row(
        List.of(
            "Redis",
            status.redis().isPresent() ? "running" : "stopped",
            status.redis().map(access -> "127.0.0.1:" + access.port()).orElse(""),
            "in memory only"));
    table.print(invocation.out());
  }

  private static String json(StoreStatus status) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    ObjectNode postgres = root.putObject("postgresql");
    postgres.put("running", status.postgres().isPresent());
    status.postgres().ifPresent(access -> postgres.put("port", access.port()));
    postgres.put("folder", status.postgresFolder().toString());
    postgres.put("bytes", status.postgresBytes());
    ObjectNode redis = root.putObject("redis");
    redis.put("running", status.redis().isPresent());
    status.redis().ifPresent(access -> redis.put("port", access.port()));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }
}
