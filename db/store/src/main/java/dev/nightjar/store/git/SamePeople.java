package dev.nightjar.store.git;

import dev.nightjar.model.git.GitPerson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which identities of a repository are one person: those with one address, whatever its case,
 * after {@code .mailmap}; and where there is none, those with one name of two words or more.
 *
 * <p>Identities come one after the other, and each joins those that are one with it. A person is
 * named as whom {@code .mailmap} names; else as the first of them with a name of two words; else as
 * the first. So a person keeps their name, and with it their pseudonym, when they take another
 * address.
 */
final class SamePeople {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Comparator<Identity> BEST_NAMED_FIRST =
      Comparator.comparingInt(Identity::rank).thenComparingInt(Identity::place);

  private final boolean byName;
  private final Map<GitPerson, Group> groups = new HashMap<>();
  private final Map<String, Group> byKey = new HashMap<>();

  /**
   * Knows nobody yet.
   *
   * @param byName whether one name makes one person, which it does where there is no {@code
   *     .mailmap}
   */
  SamePeople(boolean byName) {
    this.byName = byName;
  }

  /** An identity, as it was recorded and as {@code .mailmap} corrects it. */
  private record Identity(int place, GitPerson recorded, GitPerson person) {
    /** How well it names a person, from 0. */
    int rank() {
      if (!person.equals(recorded)) {
        return 0;
      }
      return hasFullName() ? 1 : person.name().isBlank() ? 3 : 2;
    }

    boolean hasFullName() {
      return person.name().strip().indexOf(' ') > 0;
    }
  }

  /** One person. */
  private static final class Group {
    private final List<Identity> identities = new ArrayList<>();
    private Identity best;

    Group(Identity only) {
      identities.add(only);
      best = only;
    }

    void takeIn(Group other) {
      identities.addAll(other.identities);
      best = BEST_NAMED_FIRST.compare(best, other.best) <= 0 ? best : other.best;
    }
  }

  /**
   * Takes an identity as it was recorded, and as {@code .mailmap} corrects it; one that is known
   * already stays with whom it is.
   */
  void add(GitPerson recorded, GitPerson person) {
    if (groups.containsKey(recorded)) {
      return;
    }
    Identity identity = new Identity(groups.size(), recorded, person);
    // Looked up before any of them is joined, which writes these keys anew.
    List<Group> others =
        keys(identity).map(byKey::get).filter(Objects::nonNull).distinct().toList();
    Group group = new Group(identity);
    groups.put(recorded, group);
    for (Group other : others) {
      group = joined(group, other);
    }
    Group whole = group;
    keys(identity).forEach(key -> byKey.put(key, whole));
  }

  /** What identities of one person have in common. */
  private Stream<String> keys(Identity identity) {
    String email = lower(identity.person().email());
    String name = lower(identity.person().name());
    return Stream.of(
            email.isEmpty() ? "" : "<" + email, byName && identity.hasFullName() ? name : "")
        .filter(key -> !key.isEmpty());
  }

  private static String lower(String text) {
    return SPACES.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
  }

  /** The smaller group goes over into the larger, so that few identities move often. */
  private Group joined(Group one, Group other) {
    boolean keepsOne = one.identities.size() >= other.identities.size();
    Group kept = keepsOne ? one : other;
    Group gone = keepsOne ? other : one;
    for (Identity identity : gone.identities) {
      groups.put(identity.recorded(), kept);
      keys(identity).forEach(key -> byKey.put(key, kept));
    }
    kept.takeIn(gone);
    return kept;
  }

  /** Who an identity is that was taken. */
  GitPerson person(GitPerson recorded) {
    return Objects.requireNonNull(groups.get(recorded)).best.person();
  }
}
