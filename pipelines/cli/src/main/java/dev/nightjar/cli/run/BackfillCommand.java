package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.OrderlyEnd;
import dev.nightjar.cli.command.Version;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.jobs.history.Backfill;
import dev.nightjar.jobs.history.BackfillRequest;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;
import java.util.List;
import org.apache.commons.cli.Options;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nightjar backfill}: measures commits of the past. */
public final class BackfillCommand implements Command {
  @Override
  public String name() {
    return "backfill";
  }

  @Override
  public String summary() {
    return "Measure commits of the past that this machine has not measured.";
  }

  @Override
  public String operands() {
    return "REV..REV | REV";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommandOptions.valued("every", "N", "Take every N-th commit. Default: 1."))
        .addOption(CommandOptions.flag("plan", "Only say what would be measured."))
        .addOption(CommandOptions.flag("again", "Measure again what is measured already."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar backfill v1.4..main --plan",
        "nightjar backfill v1.4..main --every 10    again after a kill: it goes on",
        "nightjar backfill 1f2e3d --again           one more run of a commit");
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    if (invocation.operands().size() != 1) {
      throw new Failure.Misuse("backfill takes one range: 'nightjar backfill v1.4..main --plan'.");
    }
    Workspace workspace = invocation.workspaceToRun();
    StoreSettings stores = invocation.stores(workspace);
    BackfillRequest request =
        new BackfillRequest(
            workspace,
            stores,
            GateOptions.of(invocation.environment()),
            invocation.operands().getFirst(),
            invocation.number("every", 1, 1, 1_000_000),
            invocation.has("again"),
            Version.number());
    ProgressDisplay display = ProgressDisplay.on(invocation);
    boolean isPlan = invocation.has("plan");
    Backfill.Plan plan;
    try (OrderlyEnd _ = OrderlyEnd.ofThisThread()) {
      plan =
          isPlan
              ? Backfill.plan(request, display)
              : Backfill.run(request, stores.cacheFolder(), display);
    }
    print(invocation, plan, isPlan);
    return ExitCode.DONE;
  }

  private static void print(Invocation invocation, Backfill.Plan plan, boolean isPlan) {
    if (invocation.wantsJson()) {
      invocation.out().println(json(plan));
      return;
    }
    if (isPlan) {
      plan.toMeasure().forEach(commit -> invocation.out().println("to measure: " + commit));
    }
    plan.failed()
        .forEach((commit, reason) ->
            invocation.out().println("Not measured: " + commit + ": " + Text.oneLine(reason)));
    invocation
        .out()
        .printf(
            "%d commits, %d measured before, %d %s%n",
            plan.commits().size(),
            plan.commits().size() - plan.toMeasure().size(),
            plan.toMeasure().size() - plan.failed().size(),
            isPlan ? "to measure" : "measured now");
  }

  private static ObjectNode json(Backfill.Plan plan) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    ArrayNode commits = root.putArray("commits");
    plan.commits().forEach(commits::add);
    ArrayNode left = root.putArray("to_measure");
    plan.toMeasure().forEach(left::add);
    ObjectNode failed = root.putObject("not_measured");
    plan.failed().forEach(failed::put);
    return root;
  }
}
