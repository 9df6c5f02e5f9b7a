package dev.nightjar.model.git;

/** Who people really are, as the {@code .mailmap} of a repository says. */
public interface PersonCorrections {
  /** Says nothing of anybody. */
  PersonCorrections NONE =
      new PersonCorrections() {
        @Override
        public GitPerson correct(GitPerson recorded) {
          return recorded;
        }

        @Override
        public boolean isEmpty() {
          return true;
        }
      };

  /** The person that a recorded one really is. */
  GitPerson correct(GitPerson recorded);

  /** Whether nothing is said of anybody. */
  boolean isEmpty();
}
