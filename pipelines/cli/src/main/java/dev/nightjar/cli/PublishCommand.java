package dev.nightjar.cli;

import dev.nightjar.jobs.Republisher;
import dev.nightjar.jobs.Workspace;
import dev.nightjar.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** {@code nightjar publish}: the report of the newest run, written anew. */
final class PublishCommand implements Command {
  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String summary() {
    return "Write the report of the newest completed run anew.";
  }

  @Override
  public List<String> examples() {
    return List.of("nightjar publish");
  }

  @Override
  public int run(Invocation invocation) {
    Workspace workspace = invocation.workspace();
    StoreSettings stores =
        StoreSettings.fromEnvironment(invocation.environment())
            .withUrls(workspace.settings().databaseUrl(), workspace.settings().redisUrl());
    Path report = Republisher.publish(workspace, stores);
    invocation
        .out()
        .println(
            invocation.wantsJson()
                ? JsonMapper.shared().createObjectNode().put("report", report.toString())
                : "Report: " + report);
    return ExitCode.DONE;
  }
}
