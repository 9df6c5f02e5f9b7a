package dev.nightjar.bench.suites;

import dev.nightjar.bench.StoppingRule;
import dev.nightjar.model.Device;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Its workloads do to their worker what a parameter says. */
public final class OddSuite implements Suite {
  @Override
  public String name() {
    return "odd";
  }

  @Override
  public List<SuiteCase> cases(List<Device> devices, int cpus) {
    return List.of(doing("nothing", StoppingRule.exactly(5)));
  }

  static SuiteCase doing(String what, StoppingRule rule) {
    return new SuiteCase(
        "odd",
        Device.of("cuda:1 Some GPU"),
        new TreeMap<>(Map.of("does", what)),
        List.of(
            Measure.time("sleep", "time", 10), Measure.rate("count", "rate", "{item}/s", 50, null)),
        rule,
        2,
        1 << 20,
        List.of("-Xmx32m"),
        Duration.ofSeconds(what.equals("hang") ? 3 : 60));
  }

  @Override
  public Workload open(Device device, SortedMap<String, String> parameters) throws Exception {
    String does = String.valueOf(parameters.get("does"));
    if (does.equals("refuse")) {
      throw new IllegalStateException("the driver is too old for " + device);
    }
    return new Workload() {
      private int runs;

      @Override
      public void warmUp() {
        if (does.equals("chatter")) {
          System.out.println("a library says hello, 1 2 3 4 5 6 7 8 9");
        }
      }

      @Override
      public void run(int measure) throws InterruptedException {
        runs++;
        Thread.sleep(measure == 0 ? 2 : 0);
        if (does.equals("hang") && runs > 4) {
          Thread.sleep(60_000);
        }
        if (does.equals("die") && runs > 4) {
          Runtime.getRuntime().halt(9);
        }
      }

      @Override
      public @Nullable String mistake(int repetitions) {
        int expected = 2 * repetitions;
        return does.equals("err") || runs != expected ? "a sum is wrong by " + runs : null;
      }
    };
  }
}
