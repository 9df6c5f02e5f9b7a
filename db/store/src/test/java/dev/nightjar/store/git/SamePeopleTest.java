package dev.nightjar.store.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.git.GitPerson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamePeopleTest {
  private static GitPerson person(String contact) {
    int open = contact.indexOf('<');
    return new GitPerson(
        contact.substring(0, open).strip(), contact.substring(open + 1, contact.indexOf('>')));
  }

  /** Such as {@code Ada <ada@x>, ada <home@x> = Ada <ada@x>}: recorded, and as corrected. */
  private static SamePeople of(List<String> identities, boolean byName) {
    SamePeople people = new SamePeople(byName);
    for (String identity : identities) {
      String[] sides = identity.split(" = ");
      people.add(person(sides[0]), person(sides[sides.length - 1]));
    }
    return people;
  }

  private static String words(GitPerson person) {
    return (person.name() + " <" + person.email() + ">").strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                  | identities                                        | who they are
          one address             | Ada <ada@x>; Lovelace <ada@x>                     | Ada <ada@x>; Ada <ada@x>
          its case                | Ada <ada@x>; Ada <ADA@X>                          | Ada <ada@x>; Ada <ada@x>
          a full name first       | ada <ada@x>; Ada Lovelace <ada@x>                 | Ada Lovelace <ada@x>; Ada Lovelace <ada@x>
          any name before none    | <ada@x>; ada <ada@x>                              | ada <ada@x>; ada <ada@x>
          one name of two words   | Ada Lovelace <ada@x>; Ada Lovelace <al@y>         | Ada Lovelace <ada@x>; Ada Lovelace <ada@x>
          its case and spaces     | Ada Lovelace <ada@x>; ada  lovelace <al@y>        | Ada Lovelace <ada@x>; Ada Lovelace <ada@x>
          one name of one word    | Ada <ada@x>; Ada <ada@y>                          | Ada <ada@x>; Ada <ada@y>
          other names             | Ada Lovelace <ada@x>; Ada Byron <ada@y>           | Ada Lovelace <ada@x>; Ada Byron <ada@y>
          no address              | Ada <>; Bob <>                                    | Ada <>; Bob <>
          no address but a name   | Ada Lovelace <>; Ada Lovelace <ada@x>             | Ada Lovelace <>; Ada Lovelace <>
          nothing at all          | <>; Bob <bob@x>                                   | <>; Bob <bob@x>
          subversion's id         | Ada L <ada@x>; ada@x <ada@x@650e7d94-2a16-8b24-b05c-7c0b3f6821cd> | Ada L <ada@x>; Ada L <ada@x>
          a login of GitHub       | Ada L <ada73@users.noreply.github.com>; Ada73 <a@y> | Ada L <ada73@users.noreply.github.com>; Ada L <ada73@users.noreply.github.com>
          the login comes later   | ada73 <a@y>; ada73 <b@z>; Ada L <1+ada73@users.noreply.github.com> | Ada L <1+ada73@users.noreply.github.com>; Ada L <1+ada73@users.noreply.github.com>; Ada L <1+ada73@users.noreply.github.com>
          another's login         | Ada L <ada73@users.noreply.github.com>; ada <a@y>   | Ada L <ada73@users.noreply.github.com>; ada <a@y>
          over another            | A B <1@x>; C D <2@x>; C D <1@x>                   | A B <1@x>; A B <1@x>; A B <1@x>
          """)
  void withoutAMailmap(String what, String identities, String expected) {
    List<String> all = Arrays.asList(identities.split("; "));
    SamePeople people = of(all, true);
    assertEquals(
        expected,
        all.stream()
            .map(one -> words(people.person(person(one))))
            .collect(Collectors.joining("; ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                     | identities                                                    | who they are
          names are no grounds       | Ada Lovelace <ada@x>; Ada Lovelace <al@y>                     | Ada Lovelace <ada@x>; Ada Lovelace <al@y>
          logins are no grounds      | Ada L <ada73@users.noreply.github.com>; ada73 <a@y>           | Ada L <ada73@users.noreply.github.com>; ada73 <a@y>
          addresses are              | Ada <ada@x>; A <Ada@x>                                        | Ada <ada@x>; Ada <ada@x>
          it unites                  | ada <1@x> = Ada <ada@x>; al <2@x> = Ada <ada@x>               | Ada <ada@x>; Ada <ada@x>
          its name stands            | Miss Lovelace <ada@x>; al <2@x> = Ada <ada@x>                 | Ada <ada@x>; Ada <ada@x>
          it parts an address        | Ada <us@x> = Ada <ada@x>; Bob <us@x> = Bob <bob@x>            | Ada <ada@x>; Bob <bob@x>
          """)
  void withAMailmap(String what, String identities, String expected) {
    List<String> all = Arrays.asList(identities.split("; "));
    SamePeople people = of(all, false);
    assertEquals(
        expected,
        all.stream()
            .map(one -> words(people.person(person(one.split(" = ")[0]))))
            .collect(Collectors.joining("; ")));
  }

  /** Who is one does not depend on the order; who of them names the person may. */
  @Test
  void whoIsOneDoesNotDependOnTheOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> identities = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      identities.add("Name N%d <a%d@x>".formatted(random.nextInt(40), random.nextInt(40)));
    }
    Set<Set<String>> groups = groups(identities);
    Collections.shuffle(identities, random);
    assertEquals(groups, groups(identities), "seed " + seed);
  }

  private static Set<Set<String>> groups(List<String> identities) {
    SamePeople people = of(identities, true);
    Map<String, Set<String>> groups = new TreeMap<>();
    for (String identity : identities) {
      groups
          .computeIfAbsent(words(people.person(person(identity))), any -> new HashSet<>())
          .add(identity);
    }
    return new HashSet<>(groups.values());
  }
}
