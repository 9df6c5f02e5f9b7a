package dev.nightjar.jobs.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the settings are looked for. */
class PlaceTest {
  @TempDir private Path temporary;
  private Path shared;
  private Path mine;

  @BeforeEach
  void makeASharedFolder() throws IOException {
    shared = temporary.toRealPath();
    mine = Files.createDirectories(shared.resolve("mine/deep"));
  }

  @Test
  void aFileAboveIsNotFoundOutsideARepository() throws IOException {
    Files.writeString(shared.resolve("nightjar.yaml"), "");

    assertEquals(new Place(mine, Optional.empty()), Place.find(mine, Optional.empty()));
  }

  @Test
  void outsideARepositoryTheFolderItselfCounts() throws IOException {
    Path file = Files.writeString(mine.resolve("nightjar.yaml"), "");

    assertEquals(new Place(mine, Optional.of(file)), Place.find(mine, Optional.empty()));
  }

  @Test
  void inARepositoryTheNearestFileUpToItsTopIsFound() throws IOException {
    Path top = shared.resolve("mine");
    Files.createDirectory(top.resolve(".git"));
    Files.writeString(shared.resolve("nightjar.yaml"), "");

    assertEquals(new Place(top, Optional.empty()), Place.find(mine, Optional.empty()));
    Path file = Files.writeString(top.resolve("nightjar.yaml"), "");
    assertEquals(new Place(top, Optional.of(file)), Place.find(mine, Optional.empty()));
    Path nearer = Files.writeString(mine.resolve("nightjar.yaml"), "");
    assertEquals(new Place(mine, Optional.of(nearer)), Place.find(mine, Optional.empty()));
  }

  @Test
  void aBareRepositoryIsOne() throws IOException {
    Path bare = shared.resolve("bare.git");
    Files.createDirectories(bare.resolve("objects/pack"));
    Files.createDirectories(bare.resolve("refs"));
    Files.writeString(bare.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(shared.resolve("nightjar.yaml"), "");

    assertEquals(
        new Place(bare, Optional.empty()),
        Place.find(bare.resolve("objects/pack"), Optional.empty()));
  }

  @Test
  void aFileThatIsNamedCountsWhereverItStands() throws IOException {
    Path file = Files.writeString(shared.resolve("other.yaml"), "");

    assertEquals(new Place(shared, Optional.of(file)), Place.find(mine, Optional.of(file)));
    assertThrows(
        Failure.Misuse.class, () -> Place.find(mine, Optional.of(shared.resolve("none.yaml"))));
  }
}
