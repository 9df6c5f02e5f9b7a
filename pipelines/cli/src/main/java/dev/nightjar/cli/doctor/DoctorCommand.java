package dev.nightjar.cli.doctor;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Failure;
import dev.nightjar.store.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code nightjar doctor}: what is live on this host, and the remedy for what is not. */
public final class DoctorCommand implements Command {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "Say what is live on this host, and the remedy for what is not.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar doctor                   exit 1 where something is a problem",
        "nightjar doctor --json | jq '.[] | select(.state == \"problem\")'");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    StoreSettings environment = StoreSettings.fromEnvironment(invocation.environment());
    List<Finding> findings =
        new ArrayList<>(new HostChecks(HostPlatform.current()).all(environment.dataFolder()));
    findings.addAll(ofWorkspace(invocation));
    findings.addAll(ScheduleChecks.all());
    if (invocation.wantsJson()) {
      invocation.out().println(json(findings));
    } else {
      findings.forEach(finding -> print(invocation, finding));
    }
    boolean problem =
        findings.stream().anyMatch(finding -> finding.state() == Finding.State.PROBLEM);
    return problem ? ExitCode.FINDINGS : ExitCode.DONE;
  }

  /** What stands or falls with the settings. */
  private static List<Finding> ofWorkspace(Invocation invocation) {
    try {
      return StoreChecks.all(invocation.stores(), invocation.workspace().settings());
    } catch (Failure.Misuse e) {
      return List.of(
          Finding.problem(
              "settings",
              String.valueOf(e.getMessage()),
              "see 'nightjar config' when it is mended"));
    }
  }

  private static void print(Invocation invocation, Finding finding) {
    invocation
        .out()
        .printf(
            "%-8s %-28s %s%n",
            finding.state().word(), finding.subject(), Text.oneLine(finding.detail()));
    if (!finding.remedy().isEmpty()) {
      invocation.out().printf("%-8s %-28s → %s%n", "", "", finding.remedy());
    }
  }

  private static String json(List<Finding> findings) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    for (Finding finding : findings) {
      array
          .addObject()
          .put("subject", finding.subject())
          .put("state", finding.state().word())
          .put("detail", finding.detail())
          .put("remedy", finding.remedy());
    }
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(array);
  }
}
