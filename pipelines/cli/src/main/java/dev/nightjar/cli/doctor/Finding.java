package dev.nightjar.cli.doctor;

import java.util.Locale;

/**
 * What a check saw.
 *
 * @param subject what was looked at
 * @param detail what was seen
 * @param remedy what to do about it; empty when nothing needs to be done
 */
record Finding(String subject, State state, String detail, String remedy) {

  /** How it stands. */
  enum State {
    /** It is there and works. */
    LIVE,
    /** It is not there; Nightjar does without it and says so. */
    ABSENT,
    /** Nightjar cannot work, or not well, until it is mended. */
    PROBLEM;

    /** The word on screen and in JSON. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding live(String subject, String detail) {
    return new Finding(subject, State.LIVE, detail, "");
  }

  static Finding absent(String subject, String detail, String remedy) {
    return new Finding(subject, State.ABSENT, detail, remedy);
  }

  static Finding problem(String subject, String detail, String remedy) {
    return new Finding(subject, State.PROBLEM, detail, remedy);
  }
}
