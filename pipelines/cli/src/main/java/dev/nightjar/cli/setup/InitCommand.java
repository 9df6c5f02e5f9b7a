package dev.nightjar.cli.setup;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.OutputFile;
import dev.nightjar.settings.SettingsFile;
import dev.nightjar.settings.proposal.Proposal;
import dev.nightjar.settings.proposal.ProposedFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;

/** {@code nightjar init}: writes a settings file to start from. */
public final class InitCommand implements Command {
  @Override
  public String name() {
    return "init";
  }

  @Override
  public String summary() {
    return "Write a nightjar.yaml for the benchmarks that are here; --schema prints its JSON"
        + " schema.";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommandOptions.flag("print", "Print the file instead of writing it."))
        .addOption(
            CommandOptions.flag("schema", "Print the JSON schema of nightjar.yaml instead."));
  }

  @Override
  public boolean speaksJson() {
    return false;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar init", "nightjar init --print", "nightjar init --schema > nightjar.schema.json");
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.has("schema")) {
      invocation.out().print(SettingsFile.jsonSchema());
      return ExitCode.DONE;
    }
    Path folder = invocation.place().folder();
    Proposal proposal = Proposal.of(folder);
    if (invocation.has("print")) {
      invocation.out().print(ProposedFile.text(proposal));
    } else {
      write(folder.resolve("nightjar.yaml"), ProposedFile.text(proposal));
      tell(invocation.out(), folder, proposal);
    }
    return ExitCode.DONE;
  }

  private static void write(Path file, String text) {
    try {
      OutputFile.writeNew(file, text);
    } catch (FileAlreadyExistsException e) {
      throw new Failure.Misuse(
          file + " is there already and was left alone: 'nightjar config' shows what it says.", e);
    } catch (IOException e) {
      throw new Failure.Unavailable(
          file + " cannot be written (" + e.getMessage() + "): check the folder's permissions.", e);
    }
  }

  private static void tell(PrintStream out, Path folder, Proposal proposal) {
    out.println("Wrote " + Text.oneLine(folder.resolve("nightjar.yaml").toString()));
    proposal.notes().forEach(note -> out.println(Text.oneLine(note)));
    out.println(
        proposal.size() == 0
            ? "No benchmark was found: name commands under 'benchmarks', then call 'nightjar run'."
            : "Look it through, then call 'nightjar run'.");
  }
}
