package dev.nightjar.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.host.LinuxPlatform;
import dev.nightjar.kernel.proc.KernelRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostChecksTest {
  private static final String GOVERNOR = "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";

  @TempDir Path root;

  @Test
  void anEmptyHostHasARemedyForAllThatIsAbsent() throws Exception {
    for (Finding finding :
        new HostChecks(new LinuxPlatform(new KernelRoot(root))).all(root.resolve("data"))) {
      assertEquals(
          finding.state() == Finding.State.LIVE, finding.remedy().isEmpty(), finding::toString);
    }
    assertEquals(Finding.State.ABSENT, of("kernel module ai_mem").state());
    assertEquals(Finding.State.ABSENT, of("accelerators").state());
    assertEquals(Finding.State.ABSENT, of("pressure stall information").state());
  }

  @Test
  void whatIsThereIsLive() throws Exception {
    write("proc/pressure/cpu", "");
    write("proc/self/schedstat", "");
    write("dev/nvidia0", "");
    write("dev/nvidiactl", "");
    write("dev/dri/renderD128", "");
    assertEquals(Finding.State.LIVE, of("pressure stall information").state());
    assertEquals(Finding.State.LIVE, of("run-queue wait of tasks").state());
    Finding accelerators = of("accelerators");
    assertTrue(accelerators.detail().contains("nvidia0"), accelerators.detail());
    assertTrue(accelerators.detail().contains("renderD128"), accelerators.detail());
    assertFalse(accelerators.detail().contains("nvidiactl"), accelerators.detail());
  }

  @Test
  void aFrequencyThatFollowsTheLoadIsAProblem() throws Exception {
    write(GOVERNOR, "performance\n");
    assertEquals(Finding.State.LIVE, of("CPU frequency governor").state());
    write(GOVERNOR, "powersave\n");
    Finding finding = of("CPU frequency governor");
    assertEquals(Finding.State.PROBLEM, finding.state());
    assertTrue(finding.detail().startsWith("powersave"), finding.detail());
    assertTrue(finding.remedy().contains("cpupower"), finding.remedy());
  }

  @Test
  void whatOnlyLooksLikeAModulesDeviceIsAProblem() throws Exception {
    write("dev/ai_mem", "");
    Finding finding = of("kernel module ai_mem");
    assertEquals(Finding.State.PROBLEM, finding.state());
    assertTrue(finding.detail().contains("refused telling its version"), finding.detail());
    assertTrue(finding.remedy().contains("dmesg"), finding.remedy());
    assertEquals(Finding.State.ABSENT, of("kernel module ai_gpu").state());
  }

  private Finding of(String subject) throws InterruptedException {
    return new HostChecks(new LinuxPlatform(new KernelRoot(root)))
        .all(root.resolve("data")).stream()
            .filter(finding -> finding.subject().equals(subject))
            .findFirst()
            .orElseThrow();
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
