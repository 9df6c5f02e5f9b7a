package dev.nightjar.bench.suites;

import dev.nightjar.model.Device;
import java.util.List;
import java.util.SortedMap;

/**
 * Benchmarks of the host itself: cases for each of its devices. Found by {@link
 * java.util.ServiceLoader}; a new one is a class, and a line in {@code META-INF/services}.
 *
 * <p>A case is measured in a JVM of its own, the worker, which has a heap of its own and may be
 * killed: what a driver does to it does not reach the run. The same class stands at both ends. It
 * has a public constructor without parameters.
 */
public interface Suite {

  /** As it stands under {@code suites} in {@code nightjar.yaml}; lower-case words with hyphens. */
  String name();

  /**
   * What is measured on a host.
   *
   * @param devices those that the host has, the processors among them; of those that the suite
   *     cannot use there are no cases
   * @param cpus how many CPUs the worker may run on, at least 1
   */
  List<SuiteCase> cases(List<Device> devices, int cpus);

  /**
   * Prepares a case; called in the worker.
   *
   * @param device that of the case
   * @param parameters those of the case
   * @throws Exception when it cannot be prepared, with a sentence for people
   */
  Workload open(Device device, SortedMap<String, String> parameters) throws Exception;
}
