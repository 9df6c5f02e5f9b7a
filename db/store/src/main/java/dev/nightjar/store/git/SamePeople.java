package dev.nightjar.store.git;

import dev.nightjar.model.git.GitPerson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which identities of a repository are one person: those with one address, whatever its case,
 * after {@code .mailmap}; and where there is none, those with one name of two words or more, and
 * those named as the login of a GitHub address.
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

  /** What git-svn adds to an address: the id of the repository that the commit was read from. */
  private static final Pattern OF_SUBVERSION =
      Pattern.compile("@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

  /** An address by which GitHub hides another; the login in it is one person's. */
  private static final Pattern LOGIN =
      Pattern.compile("(?:\\d+\\+)?([a-z0-9-]+)@users\\.noreply\\.github\\.com");

  private final boolean byName;
  private final Map<GitPerson, Group> groups = new HashMap<>();
  private final Map<String, Group> byKey = new HashMap<>();
  private final Map<String, List<Identity>> byLogin = new HashMap<>();
  private final Map<String, List<Identity>> byWord = new HashMap<>();

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
        Stream.concat(keys(identity).map(byKey::get), namesakes(identity))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    Group group = new Group(identity);
    groups.put(recorded, group);
    for (Group other : others) {
      group = joined(group, other);
    }
    note(identity);
    Group whole = group;
    keys(identity).forEach(key -> byKey.put(key, whole));
  }

  /**
   * Those that are named as this one's login, or whose login it is named as. Two that are only
   * named alike are not one for that.
   */
  private Stream<Group> namesakes(Identity identity) {
    return Stream.concat(
            byWord.getOrDefault(login(identity), List.of()).stream(),
            byLogin.getOrDefault(word(identity), List.of()).stream())
        .map(other -> groups.get(other.recorded()));
  }

  private void note(Identity identity) {
    byLogin.computeIfAbsent(login(identity), any -> new ArrayList<>()).add(identity);
    byWord.computeIfAbsent(word(identity), any -> new ArrayList<>()).add(identity);
    byLogin.remove("");
    byWord.remove("");
  }

  /** Empty for none. */
  private String login(Identity identity) {
    Matcher login = LOGIN.matcher(lower(identity.person().email()));
    return byName && login.matches() ? login.group(1) : "";
  }

  /** The name where it is one word; empty for others. */
  private String word(Identity identity) {
    return byName && !identity.hasFullName() ? lower(identity.person().name()) : "";
  }

  /** What identities of one person have in common. */
  private Stream<String> keys(Identity identity) {
    String email = OF_SUBVERSION.matcher(lower(identity.person().email())).replaceFirst("");
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
