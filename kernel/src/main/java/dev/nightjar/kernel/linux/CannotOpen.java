package dev.nightjar.kernel.linux;

/** A file or device that could not be opened, and why. */
public final class CannotOpen extends Exception {
  private static final long serialVersionUID = 1L;

  private final int errno;

  CannotOpen(String path, int errno) {
    super(path + ": " + CLibrary.describe(errno), null, false, false);
    this.errno = errno;
  }

  /** There is no such file because this is no Linux that this package knows. */
  CannotOpen(String path) {
    super(path + ": this is no 64-bit Linux", null, false, false);
    this.errno = Errno.ENOENT;
  }

  /** The reason as one of {@link Errno}. */
  public int errno() {
    return errno;
  }
}
