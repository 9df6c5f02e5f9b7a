package dev.nightjar.cli.store;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.git.GitRepository;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.run.RunStore;

/** {@code nightjar db rename}: what a repository, or a kind of machine, is called for people. */
final class Naming {
  private static final int LONGEST = 200;

  private Naming() {}

  static int rename(Invocation invocation) {
    if (invocation.operands().size() != 2) {
      throw new Failure.Misuse("'db rename' takes the new name: 'nightjar db rename parser'.");
    }
    String name = Text.oneLine(invocation.operands().get(1)).strip();
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new Failure.Misuse("A name has 1 to " + LONGEST + " characters.");
    }
    Settings settings = invocation.workspace().settings();
    try (Stores stores = Stores.open(invocation.stores())) {
      RunStore runs = stores.database().runs();
      if (invocation.has("host")) {
        runs.renameHost(runs.host(HostPlatform.current().host()), name);
      } else {
        try (GitRepository repository = GitRepository.open(settings.repository())) {
          runs.rename(runs.repository(repository.facts(), settings.identity()), name);
        }
      }
    }
    invocation
        .out()
        .println(
            invocation.wantsJson()
                ? "{\"renamed\":true}"
                : (invocation.has("host") ? "This kind of machine" : "This repository")
                    + " is called "
                    + name
                    + " from now on, in earlier runs too.");
    return ExitCode.DONE;
  }
}
