package dev.nightjar.cli.store;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.Version;
import dev.nightjar.cli.run.ProgressDisplay;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.cli.terminal.TextTable;
import dev.nightjar.jobs.DeadLetterReplay;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.run.KeptLetter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nightjar db dead-letters}: what could not be taken in, to look at and to try again. */
final class DeadLetterList {
  private final Invocation invocation;
  private final DeadLetterReplay replay;

  DeadLetterList(Invocation invocation) {
    this.invocation = invocation;
    Workspace workspace = invocation.workspace();
    replay = new DeadLetterReplay(workspace, invocation.stores(), Version.number());
  }

  /** Lists the letters, or replays them; 4 when some are left after that. */
  int show() throws Exception {
    if (!invocation.has("replay")) {
      print(replay.letters());
      return ExitCode.DONE;
    }
    DeadLetterReplay.Summary summary = replay.replay(ProgressDisplay.on(invocation));
    print(summary);
    return summary.left() == 0 ? ExitCode.DONE : ExitCode.ENVIRONMENT;
  }

  private void print(List<KeptLetter> letters) {
    if (invocation.wantsJson()) {
      ArrayNode array = JsonMapper.shared().createArrayNode();
      letters.forEach(letter -> json(array.addObject(), letter));
      invocation.out().println(array);
      return;
    }
    if (letters.isEmpty()) {
      invocation.out().println("There are no dead letters.");
      return;
    }
    TextTable table = new TextTable(List.of("letter", "since", "repository", "subject", "reason"));
    for (KeptLetter kept : letters) {
      table.row(
          List.of(
              String.valueOf(kept.id()),
              kept.occurredAt().truncatedTo(ChronoUnit.SECONDS).toString(),
              Objects.requireNonNullElse(kept.repository(), ""),
              Text.oneLine(kept.letter().route() + ": " + kept.letter().subject()),
              Text.oneLine(kept.letter().error())));
    }
    table.print(invocation.out());
  }

  private static void json(ObjectNode node, KeptLetter kept) {
    node.put("letter", kept.id())
        .put("occurred_at", kept.occurredAt().toString())
        .put("run_id", kept.runId() == null ? null : kept.runId().toString())
        .put("repository", kept.repository())
        .put("route", kept.letter().route())
        .put("subject", kept.letter().subject())
        .put("payload", kept.letter().payload())
        .put("error", kept.letter().error());
  }

  private void print(DeadLetterReplay.Summary summary) {
    if (invocation.wantsJson()) {
      ObjectNode root = JsonMapper.shared().createObjectNode();
      root.put("replayed", summary.replayed()).put("left", summary.left());
      ArrayNode notes = root.putArray("notes");
      summary.notes().forEach(notes::add);
      invocation.out().println(root);
      return;
    }
    summary.notes().forEach(note -> invocation.out().println(Text.oneLine(note)));
    invocation.out().printf("%d letters replayed, %d left%n", summary.replayed(), summary.left());
  }
}
