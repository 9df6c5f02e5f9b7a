package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page as a real Chromium has it after its scripts have run. Without a Chromium a test is
 * skipped, saying so, except in CI.
 *
 * @param html the document written out again
 * @param console what the page wrote to the console
 */
record PageInChromium(String html, List<String> console) {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  static PageInChromium open(Path file, Path folder) throws IOException, InterruptedException {
    Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    if (program == null) {
      return absent("no Chromium in " + PLACES + ": install the package chromium");
    }
    Path html = folder.resolve("dom.html");
    Path log = folder.resolve("chromium.log");
    List<String> command =
        List.of(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-gpu",
            "--enable-logging=stderr",
            "--user-data-dir=" + folder.resolve("chromium"),
            "--virtual-time-budget=5000",
            "--dump-dom",
            file.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(html.toFile())
            .redirectError(log.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> "Chromium failed, see " + log);
    List<String> console =
        Files.readAllLines(log).stream().filter(line -> line.contains(":CONSOLE")).toList();
    return new PageInChromium(Files.readString(html), console);
  }

  /** The opening tag of the document with its attributes. */
  String rootElement() {
    int begin = html.indexOf("<html");
    return html.substring(begin, html.indexOf('>', begin) + 1);
  }

  private static PageInChromium absent(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      return fail(reason);
    }
    System.out.println("SKIPPED: " + reason);
    return abort(reason);
  }
}
