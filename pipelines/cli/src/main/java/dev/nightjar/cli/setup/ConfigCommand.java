package dev.nightjar.cli.setup;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.TextTable;
import dev.nightjar.settings.ResolvedSetting;
import dev.nightjar.settings.Workspace;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** {@code nightjar config}: what is in force and where each value comes from. */
public final class ConfigCommand implements Command {
  @Override
  public String name() {
    return "config";
  }

  @Override
  public String summary() {
    return "Print the settings in force and where each value comes from.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar config", "nightjar config --json | jq '.[] | select(.origin != \"default\")'");
  }

  @Override
  public int run(Invocation invocation) {
    Workspace workspace = invocation.workspace();
    List<ResolvedSetting> settings = workspace.settings().resolved();
    if (invocation.wantsJson()) {
      invocation
          .out()
          .println(
              JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(settings));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable(List.of("key", "value", "origin"));
    settings.forEach(
        setting -> table.row(List.of(setting.path(), setting.value(), setting.origin())));
    table.print(invocation.out());
    return ExitCode.DONE;
  }
}
