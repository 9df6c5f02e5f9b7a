package dev.nightjar.kernel.linux;

/**
 * Error numbers that callers decide by, the same on every architecture that {@link
 * CLibrary#isLinux} knows (include/uapi/asm-generic/errno.h).
 */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ENODATA = 61;
  public static final int ETIME = 62;
  public static final int EUSERS = 87;
  public static final int EOPNOTSUPP = 95;
  public static final int EADDRNOTAVAIL = 99;
  public static final int ENOTCONN = 107;
  public static final int ETIMEDOUT = 110;
  public static final int EALREADY = 114;
  public static final int ESTALE = 116;
  public static final int EDQUOT = 122;
  public static final int ECANCELED = 125;

  private Errno() {}
}
