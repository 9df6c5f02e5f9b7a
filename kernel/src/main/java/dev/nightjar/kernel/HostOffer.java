package dev.nightjar.kernel;

/**
 * Something of the system that measuring makes use of.
 *
 * @param subject what it is
 * @param detail what was found
 * @param remedy what to do about it; empty when nothing is amiss
 */
public record HostOffer(String subject, State state, String detail, String remedy) {
  /** How it is with it. */
  public enum State {
    THERE,
    ABSENT,
    /** It is there, and not as it should be. */
    AMISS
  }

  public static HostOffer there(String subject, String detail) {
    return new HostOffer(subject, State.THERE, detail, "");
  }

  public static HostOffer absent(String subject, String detail, String remedy) {
    return new HostOffer(subject, State.ABSENT, detail, remedy);
  }

  public static HostOffer amiss(String subject, String detail, String remedy) {
    return new HostOffer(subject, State.AMISS, detail, remedy);
  }
}
