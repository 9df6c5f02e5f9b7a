package dev.nightjar.bench.profile;

import dev.nightjar.bench.profile.symbols.SourceNames;
import dev.nightjar.bench.profile.symbols.Symbols;
import dev.nightjar.bench.profile.symbols.TextLines;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Samples the CPU time of a native program by Linux perf, its child processes included. */
final class PerfSampler implements Sampler {
  private static final int HERTZ = 997;

  private final Path perf;
  private final ProfiledCommand command;

  PerfSampler(Path perf, ProfiledCommand command) {
    this.perf = perf;
    this.command = command;
  }

  @Override
  public CallTree sample(Path tree, Duration timeout) throws ProfileFailed, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (ProfiledFolder folder = new ProfiledFolder()) {
      Path data = folder.path().resolve("perf.data");
      command.run(tree, record(data), Map.of(), timeout);
      Path text = script(folder, data, Duration.ofNanos(deadline - System.nanoTime()));
      PerfReader reader = new PerfReader();
      reader.read(text);
      if (reader.samples().isEmpty()) {
        throw new ProfileFailed("perf took no sample of a run");
      }
      return new PerfStacks(new SourceNames(tree), new Symbols(folder.path()), 1.0 / HERTZ)
          .tree(reader.samples());
    } catch (IOException | Failure.Misuse e) {
      throw new ProfileFailed("what perf wrote cannot be read: " + e.getMessage());
    }
  }

  /** Of the CPU's clock, which virtual machines have too. */
  private List<String> record(Path data) {
    return List.of(
        perf.toString(),
        "record",
        "-q",
        "-F",
        String.valueOf(HERTZ),
        "-e",
        "cpu-clock",
        "--call-graph",
        "dwarf,8192",
        "-o",
        data.toString(),
        "--");
  }

  private Path script(ProfiledFolder folder, Path data, Duration timeout)
      throws ProfileFailed, InterruptedException {
    Path text = folder.path().resolve("perf.txt");
    List<String> argv =
        List.of(
            perf.toString(),
            "script",
            "-i",
            data.toString(),
            "-F",
            "ip,sym,symoff,dso",
            "--no-inline",
            "--no-demangle");
    ProcessOutcome outcome =
        HostPlatform.current()
            .run(
                new ProcessCommand(
                    argv,
                    Map.of("LC_ALL", "C"),
                    folder.path(),
                    text,
                    folder.path().resolve("complaints.txt"),
                    timeout.isPositive() ? timeout : Duration.ofSeconds(1),
                    TextLines.BYTES_MAX,
                    null),
                _ -> {});
    if (!outcome.isSuccess()) {
      throw new ProfileFailed("perf could not tell what it had sampled in the time left");
    }
    return text;
  }
}
