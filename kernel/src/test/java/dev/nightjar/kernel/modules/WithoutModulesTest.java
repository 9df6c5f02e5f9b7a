package dev.nightjar.kernel.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nightjar.kernel.modules.gpu.Accelerator;
import dev.nightjar.kernel.modules.gpu.AcceleratorStatus;
import dev.nightjar.kernel.modules.memory.MemoryStatus;
import dev.nightjar.kernel.modules.memory.PinnedPool;
import dev.nightjar.kernel.modules.scheduler.SchedulerStatus;
import dev.nightjar.kernel.modules.scheduler.TaskBoost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** On a host without the modules every call says so by type, with what to do about it. */
class WithoutModulesTest {

  @BeforeEach
  void onlyWithoutThem() {
    for (KernelModule module : KernelModule.values()) {
      assumeFalse(
          Files.exists(Path.of(module.device())), "this host has " + module.word() + " loaded");
    }
  }

  @Test
  void everyEntranceSaysThatTheModuleIsAbsent() {
    PciAddress device = PciAddress.nullDevice(0);
    List<Executable> entrances =
        List.of(
            PinnedPool::open,
            MemoryStatus::read,
            () -> KernelModule.AI_MEM.probe(Path.of("/")),
            TaskBoost::open,
            SchedulerStatus::read,
            () -> KernelModule.AI_SCHEDULER.probe(Path.of("/")),
            () -> Accelerator.claim(device),
            Accelerator::list,
            AcceleratorStatus::read,
            () -> KernelModule.AI_GPU.probe(Path.of("/")));
    for (int i = 0; i < entrances.size(); i++) {
      ModuleFailure.Absent absent =
          assertThrows(ModuleFailure.Absent.class, entrances.get(i), "entrance " + i);
      String word = absent.module().word();
      assertEquals("The kernel module " + word + " is not loaded.", absent.getMessage());
      assertTrue(absent.remedy().endsWith("modprobe " + word), absent.remedy());
    }
  }
}
