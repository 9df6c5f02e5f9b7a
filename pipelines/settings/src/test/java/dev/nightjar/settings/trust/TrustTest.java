package dev.nightjar.settings.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of others are obeyed where the person said so, and nowhere else. */
class TrustTest {
  /** Nobody's: to such a user every file of this test is another's. */
  private static final User STRANGER = new User(Set.of(2_000_000_000));

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private List<String> safe = List.of();
  private Path repository;
  private Path file;

  @BeforeEach
  void makeARepository() throws IOException {
    repository = folder.toRealPath().resolve("repository");
    Files.createDirectories(repository.resolve(".git"));
    file = Files.writeString(repository.resolve("nightjar.yaml"), "publish: a\n");
  }

  private Trust trust(User user) {
    return new Trust(environment, user, folder.resolve("config/nightjar/trust"), () -> safe);
  }

  private Trust ofOwner() {
    return trust(User.ofThisProcess(Map.of()));
  }

  private Place place() {
    return Place.find(repository, Optional.empty());
  }

  private String textOf(Trust trust) {
    return trust.read(place()).orElseThrow().text();
  }

  @Test
  void whatIsTheUsersOwnIsRead() {
    assertEquals("publish: a\n", textOf(ofOwner()));
  }

  @Test
  void whatIsAnothersIsRefusedWithTheWayOut() {
    String sentence =
        String.valueOf(
            assertThrows(Failure.Misuse.class, () -> trust(STRANGER).read(place())).getMessage());

    assertTrue(sentence.startsWith(file + " belongs to user "), sentence);
    assertTrue(sentence.contains("'nightjar trust --repo " + repository + "'"), sentence);
    assertTrue(sentence.contains("NIGHTJAR_TRUST=1"), sentence);
  }

  @Test
  void aRepositoryOfAnotherWithoutAFileIsRefusedToo() throws IOException {
    Files.delete(file);

    assertThrows(Failure.Misuse.class, () -> trust(STRANGER).read(place()));
    assertEquals(Optional.empty(), ofOwner().read(place()));
  }

  @Test
  void aRepositoryThatTheSettingsNameElsewhereIsLookedAtToo() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectory(elsewhere.resolve(".git"));
    Place here = new Place(folder, Optional.empty());

    ofOwner().requireRepository(here, Optional.empty(), elsewhere);
    assertThrows(
        Failure.Misuse.class,
        () -> trust(STRANGER).requireRepository(here, Optional.empty(), elsewhere));
    safe = List.of(elsewhere.toRealPath().toString());
    trust(STRANGER).requireRepository(here, Optional.empty(), elsewhere);
  }

  @Test
  void theGitDirectoryOfALinkedWorkTreeCountsAsWell() throws IOException {
    Path main = folder.toRealPath().resolve("main.git");
    Path own = Files.createDirectories(main.resolve("worktrees/tree"));
    Path tree = Files.createDirectory(folder.toRealPath().resolve("tree"));
    Files.writeString(tree.resolve(".git"), "gitdir: " + own + "\n");
    Files.writeString(own.resolve("commondir"), "../..\n");

    List<Path> folders = RepositoryFolders.of(tree);

    assertEquals(
        List.of(tree, tree.resolve(".git"), own, main),
        folders.stream().map(Path::normalize).toList());
  }

  @Test
  void trustHoldsForTheSettingsAsTheyWereRead() throws IOException {
    // Nothing is kept in another's home.
    assertThrows(Failure.Unavailable.class, () -> trust(STRANGER).trust(place()));
    ofOwner().trust(place());
    // Nor is what another wrote believed.
    assertThrows(Failure.Misuse.class, () -> trust(STRANGER).read(place()));
    User owner = User.ofThisProcess(Map.of());
    TrustFile memory = new TrustFile(folder.resolve("config/nightjar/trust"), owner);
    assertTrue(memory.wasTrusted(repository));

    memory.forget(repository);
    assertFalse(memory.wasTrusted(repository));
    memory.trust(repository, "abc");
    assertTrue(memory.isTrusted(repository, "abc"));
    assertFalse(memory.isTrusted(repository, "abd"), "changed settings are others");
    assertFalse(memory.isTrusted(repository.resolve("below"), "abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "%s", "%s/", "%p/*"})
  void whatGitCallsASafeDirectoryIsOne(String pattern) {
    safe =
        List.of(
            "/elsewhere",
            pattern
                .replace("%s", repository.toString())
                .replace("%p", String.valueOf(repository.getParent())));

    assertEquals("publish: a\n", textOf(trust(STRANGER)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/repository", "%s-other", "%s/below"})
  void anotherSafeDirectoryIsNone(String pattern) {
    safe = List.of(pattern.replace("%s", repository.toString()));

    assertThrows(Failure.Misuse.class, () -> trust(STRANGER).read(place()));
  }

  @Test
  void theVariableTrustsEverythingAndACiServerAloneDoesNot() {
    environment.put("CI", "true");
    assertThrows(Failure.Misuse.class, () -> trust(STRANGER).read(place()));
    environment.put("NIGHTJAR_TRUST", "1");
    assertEquals("publish: a\n", textOf(trust(STRANGER)));
    environment.put("NIGHTJAR_TRUST", "0");
    assertThrows(Failure.Misuse.class, () -> trust(STRANGER).read(place()));
  }

  @Test
  void aPlaceIsNewOnceAndRememberedPrivately() throws IOException {
    assertTrue(ofOwner().isFirstSeen(repository));
    assertFalse(ofOwner().isFirstSeen(repository));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("config/nightjar/trust"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CI", "NIGHTJAR_TRUST"})
  void onAServerNobodyIsToldAndNothingKept(String variable) {
    environment.put(variable, "true");

    assertFalse(ofOwner().isFirstSeen(repository));
    assertFalse(Files.exists(folder.resolve("config")));
  }

  @Test
  void aNightRunsWhereNothingCanBeKept() throws IOException {
    Files.writeString(folder.resolve("config"), "no folder");

    assertTrue(ofOwner().isFirstSeen(repository));
    assertTrue(ofOwner().isFirstSeen(repository));
  }

  @Test
  void whatOthersMayWriteIsNotBelieved() throws IOException {
    ofOwner().isFirstSeen(repository);
    Path memory = folder.resolve("config/nightjar/trust");
    Files.setPosixFilePermissions(memory, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertTrue(ofOwner().isFirstSeen(repository));
  }

  @Test
  void rootUnderSudoIsTheCallerToo() {
    assertEquals(Set.of(0, 1000), User.of(0, "1000").ids());
    assertEquals(Set.of(0), User.of(0, null).ids());
    assertEquals(Set.of(0), User.of(0, "-1; rm").ids());
    assertEquals(Set.of(1000, 0), User.of(1000, "1001").ids(), "only root is called by sudo");
  }
}
