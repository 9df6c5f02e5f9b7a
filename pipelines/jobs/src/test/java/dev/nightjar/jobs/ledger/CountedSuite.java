package dev.nightjar.jobs.ledger;

import dev.nightjar.bench.StoppingRule;
import dev.nightjar.bench.suites.Measure;
import dev.nightjar.bench.suites.Suite;
import dev.nightjar.bench.suites.SuiteCase;
import dev.nightjar.bench.suites.Workload;
import dev.nightjar.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two cases that write down when they are measured; the second fails while a file says so. */
public final class CountedSuite implements Suite {
  static final String NAME = "counted";

  /** Where they write, in the process that asks for the cases. */
  static Path folder = Path.of("");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<SuiteCase> cases(List<Device> devices, int cpus) {
    return List.of(numbered("1"), numbered("2"));
  }

  private static SuiteCase numbered(String number) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("number", number);
    parameters.put("folder", folder.toString());
    return new SuiteCase(
        NAME,
        Device.CPU,
        parameters,
        List.of(Measure.time("nothing", "time", 1)),
        StoppingRule.exactly(3),
        0,
        1 << 20,
        List.of("-Xmx32m"),
        Duration.ofMinutes(1));
  }

  @Override
  public Workload open(Device device, SortedMap<String, String> parameters) throws IOException {
    String number = Objects.requireNonNull(parameters.get("number"));
    Path its = Path.of(Objects.requireNonNull(parameters.get("folder")));
    Files.writeString(
        its.resolve("measured"), number, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    boolean isWrong = number.equals("2") && Files.exists(its.resolve("wrong"));
    return new Workload() {
      @Override
      public void warmUp() {}

      @Override
      public void run(int measure) {}

      @Override
      public @Nullable String mistake(int repetitions) {
        return isWrong ? "the sum is 4, not 5" : null;
      }
    };
  }
}
