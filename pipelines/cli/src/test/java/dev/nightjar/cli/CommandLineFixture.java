package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The command line, called in this process in a folder of its own. */
final class CommandLineFixture {
  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;

  CommandLineFixture(Path home, Path folder) {
    environment.putAll(TestHome.environment(home));
    this.folder = folder;
  }

  /** What a command came to. */
  record Ended(int exitCode, String out, String err) {
    @Override
    public String toString() {
      return "exit " + exitCode + "\n" + out + err;
    }
  }

  CommandLineFixture with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CommandLineFixture without(String variable) {
    environment.remove(variable);
    return this;
  }

  Ended run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new Nightjar(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment,
                folder)
            .run(args);
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
