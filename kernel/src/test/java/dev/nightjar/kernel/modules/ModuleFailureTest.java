package dev.nightjar.kernel.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernel.linux.Errno;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleFailureTest {

  @Test
  void theTypeTellsTheReason() {
    Map<Integer, Class<? extends ModuleFailure>> types =
        Map.of(
            Errno.EPERM, ModuleFailure.NotPermitted.class,
            Errno.ESTALE, ModuleFailure.Ended.class,
            Errno.ENOTCONN, ModuleFailure.Ended.class,
            Errno.EBUSY, ModuleFailure.Busy.class,
            Errno.ETIME, ModuleFailure.TimedOut.class,
            Errno.ECANCELED, ModuleFailure.Cancelled.class,
            Errno.EIO, ModuleFailure.DeviceLost.class,
            Errno.EINVAL, ModuleFailure.Refused.class,
            Errno.ENOSPC, ModuleFailure.Exhausted.class);
    types.forEach((errno, type) ->
        assertInstanceOf(type, ModuleFailure.of(KernelModule.AI_GPU, "the work", errno)));
  }

  @Test
  void theLimitTellsWhetherWaitingHelps() {
    var own = ModuleFailure.of(KernelModule.AI_MEM, "3 blocks", Errno.EDQUOT);
    assertEquals(
        ModuleFailure.Exhausted.Limit.OWN_QUOTA,
        assertInstanceOf(ModuleFailure.Exhausted.class, own).limit());
    assertEquals(
        "The kernel module ai_mem has no more for 3 blocks: the quota of this open file is used up.",
        own.getMessage());
  }

  @Test
  void addressesReadAsTheyPrint() {
    PciAddress address = new PciAddress(0, 0x65, 0, 1);
    assertEquals("0000:65:00.1", address.toString());
    assertEquals(address, PciAddress.parse("65:00.1").orElseThrow());
    assertEquals(address, PciAddress.parse("00000000:65:00.1").orElseThrow());
    assertEquals(address, PciAddress.ofNumber(address.number()));
    assertEquals(true, PciAddress.parse("65:00").isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new PciAddress(0, 256, 0, 0));
  }
}
