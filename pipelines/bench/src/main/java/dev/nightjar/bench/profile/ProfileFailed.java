package dev.nightjar.bench.profile;

/** There is no profile, and the message is a clause that says why. No verdict fails by it. */
final class ProfileFailed extends Exception {
  private static final long serialVersionUID = 1L;

  ProfileFailed(String reason) {
    super(reason);
  }

  /** Why, as a clause. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
