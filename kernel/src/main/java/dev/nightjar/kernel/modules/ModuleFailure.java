package dev.nightjar.kernel.modules;

import dev.nightjar.kernel.linux.CLibrary;
import dev.nightjar.kernel.linux.Errno;

/** What a kernel module did not do, by type. The message is a sentence for the person. */
public abstract sealed class ModuleFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final KernelModule module;

  private ModuleFailure(KernelModule module, String sentence) {
    super("The kernel module " + module.word() + " " + sentence);
    this.module = module;
  }

  /** Which module. */
  public final KernelModule module() {
    return module;
  }

  /** What to do about it; empty when it is nobody's fault. */
  public abstract String remedy();

  /** The module is not loaded, or this is no Linux: do without it. */
  public static final class Absent extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    public Absent(KernelModule module) {
      super(module, "is not loaded.");
    }

    @Override
    public String remedy() {
      return "as root: make -C kernel/modules install && modprobe " + module().word();
    }
  }

  /** This user may not do it. */
  public static final class NotPermitted extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    NotPermitted(KernelModule module, String what) {
      super(module, "does not permit " + what + " to this user.");
    }

    @Override
    public String remedy() {
      return "run as root, or load the module with group=GID of a group of this user and give that"
          + " group the device "
          + module().device();
    }
  }

  /** The module speaks another version. */
  public static final class Incompatible extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    Incompatible(KernelModule module, long major) {
      super(
          module, "speaks version " + major + " and this Nightjar " + KernelModule.ABI_MAJOR + ".");
    }

    @Override
    public String remedy() {
      return "load the module that was built from the same sources as this Nightjar";
    }
  }

  /** There is no more of something: what it is decides whether waiting helps. */
  public static final class Exhausted extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    private final Limit limit;

    Exhausted(KernelModule module, String what, Limit limit) {
      super(module, "has no more for " + what + ": " + limit.meaning + ".");
      this.limit = limit;
    }

    /** Which limit was met. */
    public Limit limit() {
      return limit;
    }

    @Override
    public String remedy() {
      return "close what is no longer used, or have the administrator raise the module's parameter";
    }

    /** Limits that a caller can meet. */
    public enum Limit {
      POOL("the pool has no such number of free blocks"),
      OWN_QUOTA("the quota of this open file is used up"),
      SHARED_QUOTA("the quota of all open files together is used up");

      private final String meaning;

      Limit(String meaning) {
        this.meaning = meaning;
      }
    }
  }

  /** What was named has ended already: a lease, a block, a ticket, a task, a claim. */
  public static final class Ended extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    Ended(KernelModule module, String what) {
      super(module, "knows no longer what is meant by " + what + ": it has ended.");
    }

    @Override
    public String remedy() {
      return "";
    }
  }

  /** Somebody else has it. */
  public static final class Busy extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    Busy(KernelModule module, String what) {
      super(module, "is busy with another's when it comes to " + what + ".");
    }

    @Override
    public String remedy() {
      return "wait until its owner has let go; /proc shows who has what";
    }
  }

  /** A deadline came first. */
  public static final class TimedOut extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    TimedOut(KernelModule module, String what) {
      super(module, "did not finish " + what + " in time.");
    }

    @Override
    public String remedy() {
      return "give it a later deadline, or look at the device in /proc/ai_gpu";
    }
  }

  /** It was cancelled, by its owner or because what it followed did not end well. */
  public static final class Cancelled extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    Cancelled(KernelModule module, String what) {
      super(module, "cancelled " + what + ".");
    }

    @Override
    public String remedy() {
      return "";
    }
  }

  /** The device is gone, has failed, or cannot reach the memory. */
  public static final class DeviceLost extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    DeviceLost(KernelModule module, String what, int errno) {
      super(module, "lost the device at " + what + ": " + CLibrary.describe(errno) + ".");
    }

    @Override
    public String remedy() {
      return "see the kernel's log and /proc/ai_gpu";
    }
  }

  /** Everything else, most of it arguments that the module does not take. */
  public static final class Refused extends ModuleFailure {
    private static final long serialVersionUID = 1L;

    Refused(KernelModule module, String what, int errno) {
      super(module, "refused " + what + ": " + CLibrary.describe(errno) + ".");
    }

    @Override
    public String remedy() {
      return "see what the kernel logged: dmesg";
    }
  }

  /** The failure that an error number means. */
  public static ModuleFailure of(KernelModule module, String what, int errno) {
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES -> new NotPermitted(module, what);
      case Errno.ENOSPC -> new Exhausted(module, what, Exhausted.Limit.POOL);
      case Errno.EDQUOT -> new Exhausted(module, what, Exhausted.Limit.OWN_QUOTA);
      case Errno.EUSERS -> new Exhausted(module, what, Exhausted.Limit.SHARED_QUOTA);
      case Errno.ESTALE, Errno.ENOENT, Errno.ESRCH, Errno.ENOTCONN -> new Ended(module, what);
      case Errno.EBUSY, Errno.EALREADY -> new Busy(module, what);
      case Errno.ETIME, Errno.ETIMEDOUT -> new TimedOut(module, what);
      case Errno.ECANCELED -> new Cancelled(module, what);
      case Errno.ENODEV, Errno.EIO, Errno.EADDRNOTAVAIL -> new DeviceLost(module, what, errno);
      default -> new Refused(module, what, errno);
    };
  }
}
