package dev.nightjar.cli.store;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Nearest;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.EmbeddedStores;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;

/** {@code nightjar db}: the stores themselves, copies of them, and what could not be stored. */
public final class DbCommand implements Command {
  private static final String DEAD_LETTERS = "dead-letters";
  private static final String EXPORT = "export";
  private static final String IMPORT = "import";
  private static final String MOVE_TO = "move-to";
  private static final String RENAME = "rename";
  private static final String URL = "url";
  private static final List<String> VERBS =
      List.of(
          "status", "start", "stop", "restart", URL, EXPORT, IMPORT, MOVE_TO, RENAME, DEAD_LETTERS);

  /** What an option is about; --repo and --config choose the database. */
  private static final Map<String, List<String>> VERBS_OF_OPTION =
      Map.of(
          "force", List.of("stop", "restart"),
          "replay", List.of(DEAD_LETTERS),
          "runs", List.of(EXPORT),
          "host", List.of(RENAME),
          "reader", List.of(URL),
          "repo", List.of("status", EXPORT, IMPORT, MOVE_TO, RENAME, DEAD_LETTERS),
          "config", List.of("status", EXPORT, IMPORT, MOVE_TO, RENAME, DEAD_LETTERS));

  @Override
  public String name() {
    return "db";
  }

  @Override
  public String summary() {
    return "Show, start or stop the stores; copy what they keep; list what could not be stored.";
  }

  @Override
  public String operands() {
    return "status|start|stop|restart|url|export FILE|import FILE|move-to URL|rename NAME|dead-letters";
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
                "runs",
                "With export: write this repository's past runs into a folder, one file each, as"
                    + " --history reads them."))
        .addOption(
            CommandOptions.flag(
                "reader", "With url: of the role that can read the public views and nothing else."))
        .addOption(
            CommandOptions.flag("host", "With rename: this kind of machine, not the repository."))
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
        "nightjar db export all.nightjar      all that is kept, as it is now; - writes to standard output",
        "nightjar db import all.nightjar      into a database in which nothing is kept: all or nothing",
        "nightjar db move-to postgresql://nightjar:…@host/nightjar   copies, counts, leaves the old",
        "nightjar db export --runs results/   past runs as files, for 'gate --history results/'",
        "psql \"$(nightjar db url --reader)\"   the embedded database, with a client of yours",
        "nightjar db rename parser            what reports and views call this repository from now on",
        "nightjar db dead-letters             what could not be taken in, and why",
        "nightjar db dead-letters --replay");
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    String verb = invocation.operands().isEmpty() ? "status" : invocation.operands().getFirst();
    if (!VERBS.contains(verb)) {
      throw unknown(verb);
    }
    refuseForeignOptions(invocation, verb);
    return switch (verb) {
      case DEAD_LETTERS -> new DeadLetterList(invocation).show();
      case EXPORT -> new DatabaseCopy(invocation).export();
      case IMPORT -> new DatabaseCopy(invocation).take();
      case MOVE_TO -> new DatabaseCopy(invocation).move();
      case RENAME -> Naming.rename(invocation);
      case URL -> EmbeddedUrl.print(invocation);
      default -> keep(invocation, verb);
    };
  }

  /** Of the embedded stores, whatever is in use. */
  private static int keep(Invocation invocation, String verb) {
    StoreSettings settings = StoreSettings.fromEnvironment(invocation.environment());
    EmbeddedStores stores = Stores.embedded(settings);
    switch (verb) {
      case "start" -> {
        try (Stores opened =
            Stores.open(settings.withUrls(StoreSettings.EMBEDDED, StoreSettings.EMBEDDED))) {
          opened.redis();
        }
      }
      case "stop" -> stores.stop(invocation.has("force"));
      case "restart" -> stores.restart(invocation.has("force"));
      default -> {}
    }
    // The embedded ones are started and stopped whatever a settings file says, or cannot say.
    boolean isAsked = verb.equals("status");
    StoreSettings used = isAsked ? invocation.stores() : settings;
    new StoreTable(invocation, used, stores.status()).print();
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
}
