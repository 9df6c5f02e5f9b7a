package dev.nightjar.bench.suites;

import dev.nightjar.bench.StoppingRule;
import dev.nightjar.model.Device;
import dev.nightjar.model.Series;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a suite measures on one device with one set of parameters, in one go: it is stored whole or
 * not at all.
 *
 * @param suite its suite's name
 * @param device what it runs on
 * @param parameters those of all its series
 * @param measures in the order in which a repetition does them; at least one
 * @param repetitions when it has been repeated often enough
 * @param warmups repetitions at the beginning that are measured and not stored
 * @param memoryBytes what the worker takes of the host's memory; a host that has less available
 *     leaves the case out
 * @param jvmOptions those of the worker
 * @param timeout of all repetitions together, after which the worker is ended
 */
public record SuiteCase(
    String suite,
    Device device,
    SortedMap<String, String> parameters,
    List<Measure> measures,
    StoppingRule repetitions,
    int warmups,
    long memoryBytes,
    List<String> jvmOptions,
    Duration timeout) {

  public SuiteCase {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    measures = List.copyOf(measures);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** How people read it: the suite, and what tells its cases apart. */
  public String name() {
    StringBuilder name = new StringBuilder(suite);
    parameters.forEach((key, value) -> name.append(' ').append(key).append('=').append(value));
    return device.equals(Device.CPU) ? name.toString() : name + " on " + device.label();
  }

  /** Whether it gives the series. */
  public boolean gives(Series series) {
    return suite.equals(series.benchmark().suite())
        && device.equals(series.device())
        && parameters.equals(series.parameters());
  }

  Series series(Measure measure, String metric) {
    return new Series(measure.of(suite, metric), parameters, device);
  }
}
