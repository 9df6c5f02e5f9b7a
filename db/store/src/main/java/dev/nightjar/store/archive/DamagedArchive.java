package dev.nightjar.store.archive;

/** A stream is no whole export; the message says why, to end "… cannot be taken in: …". */
final class DamagedArchive extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedArchive(String reason) {
    super(reason);
  }

  DamagedArchive(String reason, Throwable cause) {
    super(reason, cause);
  }
}
