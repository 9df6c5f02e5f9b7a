package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.jobs.Republisher;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** {@code nightjar publish}: the report of the newest run, written anew. */
public final class PublishCommand implements Command {
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
    StoreSettings stores = invocation.stores(workspace);
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
