package dev.nightjar.cli;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.model.Failure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;

/** {@code nightjar completion}: a script for the shell, made from the commands themselves. */
final class CompletionCommand implements Command {
  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "Print a completion script for bash, zsh or fish.";
  }

  @Override
  public String operands() {
    return "bash|zsh|fish";
  }

  @Override
  public List<String> words() {
    return List.of("bash", "zsh", "fish");
  }

  @Override
  public boolean concernsRepository() {
    return false;
  }

  @Override
  public boolean speaksJson() {
    return false;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "source <(nightjar completion bash)                                  # in ~/.bashrc",
        "nightjar completion fish > ~/.config/fish/completions/nightjar.fish");
  }

  @Override
  public int run(Invocation invocation) {
    String shell = invocation.operands().size() == 1 ? invocation.operands().getFirst() : "";
    invocation
        .out()
        .print(
            switch (shell) {
              case "bash" -> bash();
              case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash();
              case "fish" -> fish();
              default ->
                  throw new Failure.Misuse(
                      "completion takes one of bash, zsh, fish: try 'nightjar completion bash'.");
            });
    return ExitCode.DONE;
  }

  private static Stream<String> longOptions(Command command) {
    return CommandOptions.optionsOf(command).getOptions().stream().map(Option::getLongOpt).sorted();
  }

  private static String bash() {
    StringBuilder script =
        new StringBuilder("_nightjar() {\n  local verb=${COMP_WORDS[1]} words\n");
    script.append("  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words=\"");
    script.append(Commands.all().stream().map(Command::name).collect(Collectors.joining(" ")));
    script.append(" --help --version\"\n  else\n    case $verb in\n");
    for (Command command : Commands.all()) {
      String words =
          Stream.concat(command.words().stream(), longOptions(command).map(name -> "--" + name))
              .collect(Collectors.joining(" "));
      script.append("      %s) words=\"%s\" ;;\n".formatted(command.name(), words));
    }
    script.append(
        """
            esac
            case ${COMP_WORDS[COMP_CWORD-1]} in
              --repo | --config | --results | --history | --acknowledgements | --junit | --sarif | --markdown | --json-file)
                COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")); return ;;
            esac
          fi
          COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _nightjar nightjar ./nightjar
        """);
    return script.toString();
  }

  private static String fish() {
    StringBuilder script = new StringBuilder("complete -c nightjar -f\n");
    for (Command command : Commands.all()) {
      script.append(
          "complete -c nightjar -n __fish_use_subcommand -a %s -d '%s'\n"
              .formatted(command.name(), command.summary().replace("'", "\\'")));
      String seen = "'__fish_seen_subcommand_from " + command.name() + "'";
      command
          .words()
          .forEach(
              word -> script.append("complete -c nightjar -n %s -a %s\n".formatted(seen, word)));
      longOptions(command)
          .forEach(
              name -> script.append("complete -c nightjar -n %s -l %s\n".formatted(seen, name)));
    }
    return script.toString();
  }
}
