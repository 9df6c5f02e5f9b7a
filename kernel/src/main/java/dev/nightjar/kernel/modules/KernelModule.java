package dev.nightjar.kernel.modules;

import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.DeviceFile;
import dev.nightjar.kernel.linux.Errno;
import dev.nightjar.kernel.modules.abi.GpuAbi;
import dev.nightjar.kernel.modules.abi.MemoryAbi;
import dev.nightjar.kernel.modules.abi.SchedulerAbi;
import dev.nightjar.kernel.modules.abi.Struct;
import dev.nightjar.kernel.modules.abi.StructType;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Locale;

/** Nightjar's kernel modules. */
public enum KernelModule {
  AI_MEM("the pinned memory pool", 0xA7),
  AI_SCHEDULER("boost leases and wake-up latencies", 0xA8),
  AI_GPU("the device inventory and direct launches", 0xA9);

  /** The version of the ABI that this Java knows, the same for all three. */
  static final int ABI_MAJOR = 1;

  private static final int CALL_VERSION = 0;

  private final String purpose;
  private final int callType;

  KernelModule(String purpose, int callType) {
    this.purpose = purpose;
    this.callType = callType;
  }

  /** Its name as {@code insmod} and people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What Nightjar does without where it is not loaded. */
  public String purpose() {
    return purpose;
  }

  /** Its device. */
  public String device() {
    return "/dev/" + word();
  }

  /**
   * Opens and closes the device, and compares the version.
   *
   * @param root where {@code dev} is: {@code /} but for tests
   * @throws ModuleFailure naming what is missing
   */
  public void probe(Path root) throws ModuleFailure {
    open(root.resolve("dev").resolve(word()).toString()).close();
  }

  /** Opens the device of a module whose ABI is the known one. */
  public DeviceFile open() throws ModuleFailure {
    return open(device());
  }

  private DeviceFile open(String path) throws ModuleFailure {
    DeviceFile file;
    try {
      file = DeviceFile.open(path);
    } catch (CannotOpen e) {
      throw cannotOpen(e);
    }
    try (Arena arena = Arena.ofConfined()) {
      Struct version = Struct.of(versionType(), arena);
      call(file, CALL_VERSION, version, "telling its version");
      if (version.get("major") != ABI_MAJOR) {
        throw new ModuleFailure.Incompatible(this, version.get("major"));
      }
      return file;
    } catch (ModuleFailure e) {
      file.close();
      throw e;
    }
  }

  private StructType versionType() {
    return switch (this) {
      case AI_MEM -> MemoryAbi.VERSION;
      case AI_SCHEDULER -> SchedulerAbi.VERSION;
      case AI_GPU -> GpuAbi.VERSION;
    };
  }

  ModuleFailure cannotOpen(CannotOpen e) {
    return switch (e.errno()) {
      case Errno.ENOENT, Errno.ENXIO, Errno.ENODEV -> new ModuleFailure.Absent(this);
      case Errno.EPERM, Errno.EACCES -> new ModuleFailure.NotPermitted(this, "opening it");
      default -> new ModuleFailure.Refused(this, "opening it", e.errno());
    };
  }

  /** The number of one of this module's calls. */
  public int callNumber(int call) {
    return DeviceFile.readWriteCall(callType, call, (int) StructType.HEAD_BYTES);
  }

  /**
   * Calls the module.
   *
   * @param what the call does, for the message
   * @throws ModuleFailure by the error the module answers
   */
  public void call(DeviceFile file, int call, Struct argument, String what) throws ModuleFailure {
    int answer = file.call(callNumber(call), argument.memory());
    if (answer < 0) {
      throw ModuleFailure.of(this, what, -answer);
    }
  }
}
