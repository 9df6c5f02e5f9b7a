package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.OrderlyEnd;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.git.CommitTitle;
import dev.nightjar.jobs.paired.BisectOutcome;
import dev.nightjar.jobs.paired.BisectRequest;
import dev.nightjar.jobs.paired.BisectStep;
import dev.nightjar.jobs.paired.Bisection;
import dev.nightjar.model.Failure;
import dev.nightjar.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Options;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nightjar bisect}: finds the commit that changed a benchmark. */
public final class BisectCommand implements Command {
  @Override
  public String name() {
    return "bisect";
  }

  @Override
  public String summary() {
    return "Find the commit that changed a benchmark, by measuring in turns.";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommandOptions.valued("good", "REV", "A commit without the change."))
        .addOption(CommandOptions.valued("bad", "REV", "A later commit with it. Default: HEAD."))
        .addOption(
            CommandOptions.valued(
                "benchmark", "NAME", "The benchmark that shows it, where there are several."))
        .addOption(
            CommandOptions.valued(
                "metric", "NAME", "The metric that shows it. Default: the first."))
        .addOption(BenchCommand.pairs())
        .addOption(
            CommandOptions.valued(
                "budget",
                "SECONDS",
                "Time to measure a commit beside the good one; building is extra, and so are the"
                    + " fewest pairs that decide anything. Default: 60."))
        .addOption(CommandOptions.flag("plan", "Only say what would be done."))
        .addOption(CommandOptions.flag("afresh", "Forget what an earlier call found."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar bisect --good v1.4 --bad main --plan",
        "nightjar bisect --good v1.4 --bad main       again after a kill: it goes on",
        "nightjar bisect --good HEAD~40 --benchmark parser --budget 120    goes on from its pairs");
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    BisectRequest request = request(invocation);
    ProgressDisplay display = ProgressDisplay.on(invocation);
    if (invocation.has("plan")) {
      plan(invocation, Bisection.plan(request, display));
      return ExitCode.DONE;
    }
    BisectOutcome outcome;
    try (OrderlyEnd _ = OrderlyEnd.ofThisThread()) {
      outcome = Bisection.find(request, invocation.has("afresh"), display);
    }
    if (invocation.wantsJson()) {
      invocation.out().println(json(outcome));
    } else {
      outcome
          .suspects()
          .forEach(suspect ->
              invocation
                  .out()
                  .println(
                      Text.oneLine(
                          String.format(
                              Locale.ROOT,
                              "Suspect: %s (%.1f %%)",
                              suspect.words(),
                              100 * suspect.chance()))));
      invocation.out().println("Found: " + Text.oneLine(outcome.conclusion()));
    }
    return outcome.isFound() ? ExitCode.DONE : ExitCode.NO_VERDICT;
  }

  private static void plan(Invocation invocation, List<String> sentences) {
    if (invocation.wantsJson()) {
      ObjectNode root = JsonMapper.shared().createObjectNode();
      ArrayNode plan = root.putArray("plan");
      sentences.forEach(plan::add);
      invocation.out().println(root);
    } else {
      sentences.forEach(invocation.out()::println);
    }
  }

  private static BisectRequest request(Invocation invocation) {
    StoreSettings folders = StoreSettings.fromEnvironment(invocation.environment());
    return new BisectRequest(
        invocation.workspaceToRun(),
        invocation
            .value("good")
            .orElseThrow(
                () -> new Failure.Misuse("bisect needs a commit without the change: --good REV.")),
        invocation.value("bad").orElse("HEAD"),
        invocation.value("benchmark"),
        invocation.value("metric"),
        BenchCommand.pairs(invocation),
        Duration.ofSeconds(invocation.number("budget", 60, 1, 86_400)),
        folders.cacheFolder(),
        folders.dataFolder());
  }

  private static ObjectNode json(BisectOutcome outcome) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    ArrayNode suspects = root.putArray("suspects");
    ArrayNode chances = root.putArray("chances");
    ArrayNode subjects = root.putArray("subjects");
    ArrayNode authors = root.putArray("authors");
    for (BisectOutcome.Suspect suspect : outcome.suspects()) {
      suspects.add(suspect.commit());
      chances.add(suspect.chance());
      subjects.add(suspect.title().map(CommitTitle::subject).orElse(null));
      authors.add(suspect.title().map(CommitTitle::author).orElse(null));
    }
    root.put("found", outcome.isFound());
    root.put("effect", outcome.effect());
    root.put("conclusion", outcome.conclusion());
    ArrayNode steps = root.putArray("steps");
    for (BisectStep step : outcome.steps()) {
      steps
          .addObject()
          .put("commit", step.commit())
          .put("finding", step.finding().name().toLowerCase(Locale.ROOT))
          .put("effect", step.effect())
          .put("pairs", step.pairs())
          .put("detail", step.detail());
    }
    return root;
  }
}
