package dev.nightjar.cli.setup;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.OutputFile;
import dev.nightjar.settings.SettingsFile;
import java.io.IOException;
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
    return "Write a commented nightjar.yaml; with --schema print its JSON schema for editors.";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommandOptions.flag("schema", "Print the JSON schema of nightjar.yaml instead."));
  }

  @Override
  public boolean speaksJson() {
    return false;
  }

  @Override
  public List<String> examples() {
    return List.of("nightjar init", "nightjar init --schema > nightjar.schema.json");
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    if (invocation.has("schema")) {
      invocation.out().print(SettingsFile.jsonSchema());
      return ExitCode.DONE;
    }
    Path file = invocation.workspace().folder().resolve("nightjar.yaml");
    try {
      OutputFile.writeNew(file, SettingsFile.commented());
    } catch (FileAlreadyExistsException e) {
      throw new Failure.Misuse(
          file + " is there already and was left alone: 'nightjar config' shows what it says.", e);
    } catch (IOException e) {
      throw new Failure.Unavailable(
          file + " cannot be written (" + e.getMessage() + "): check the folder's permissions.", e);
    }
    invocation.out().println("Wrote " + file);
    return ExitCode.DONE;
  }
}
