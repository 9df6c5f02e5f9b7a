package dev.nightjar.cli;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.doctor.DoctorCommand;
import dev.nightjar.cli.run.BackfillCommand;
import dev.nightjar.cli.run.BenchCommand;
import dev.nightjar.cli.run.BisectCommand;
import dev.nightjar.cli.run.ChangePointsCommand;
import dev.nightjar.cli.run.CommentCommand;
import dev.nightjar.cli.run.GateCommand;
import dev.nightjar.cli.run.PipelineCommand;
import dev.nightjar.cli.run.PublishCommand;
import dev.nightjar.cli.setup.ConfigCommand;
import dev.nightjar.cli.setup.InitCommand;
import dev.nightjar.cli.setup.TrustCommand;
import dev.nightjar.cli.store.DbCommand;
import dev.nightjar.cli.store.FindingsCommand;
import dev.nightjar.cli.store.ImportCommand;
import dev.nightjar.cli.store.QueryCommand;
import java.util.List;
import java.util.Optional;

/** All verbs, in the order in which help lists them. */
final class Commands {
  private static final List<Command> ALL =
      List.of(
          new InitCommand(),
          new PipelineCommand.RunCommand(),
          new PipelineCommand.IngestCommand(),
          new BenchCommand(),
          new GateCommand(),
          new CommentCommand(),
          new BisectCommand(),
          new BackfillCommand(),
          new ImportCommand(),
          new PublishCommand(),
          new QueryCommand(),
          new FindingsCommand(),
          new ChangePointsCommand(),
          new ConfigCommand(),
          new TrustCommand(),
          new DoctorCommand(),
          new DbCommand(),
          new CompletionCommand(),
          new HelpCommand());

  private Commands() {}

  static List<Command> all() {
    return ALL;
  }

  static Optional<Command> named(String name) {
    return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
  }
}
