package dev.nightjar.cli.setup;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.settings.trust.Place;
import dev.nightjar.settings.trust.Trust;
import java.util.List;
import org.apache.commons.cli.Options;
import tools.jackson.databind.json.JsonMapper;

/** {@code nightjar trust}: lets the settings of another user's repository count. */
public final class TrustCommand implements Command {
  @Override
  public String name() {
    return "trust";
  }

  @Override
  public String summary() {
    return "Let the nightjar.yaml of another user's repository count, as it is now.";
  }

  @Override
  public Options options() {
    return new Options().addOption(CommandOptions.flag("forget", "Trust it no longer."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar trust --repo /srv/project       after reading its nightjar.yaml",
        "nightjar trust --repo /srv/project --forget");
  }

  @Override
  public int run(Invocation invocation) {
    Place place = invocation.place();
    Trust trust = Trust.of(invocation.environment());
    boolean isForgotten = invocation.has("forget");
    if (isForgotten) {
      trust.forget(place);
    } else {
      trust.trust(place);
    }
    String folder = place.folder().toString();
    invocation
        .out()
        .println(
            invocation.wantsJson()
                ? JsonMapper.shared()
                    .createObjectNode()
                    .put("folder", folder)
                    .put("trusted", !isForgotten)
                : isForgotten
                    ? "Trusted no longer: " + Text.oneLine(folder)
                    : "Trusted until its nightjar.yaml changes: " + Text.oneLine(folder));
    return ExitCode.DONE;
  }
}
