package dev.nightjar.settings.trust;

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

  /** It is said what it is, not that there is none. */
  @Test
  void aNameOfNoRegularFileIsRefusedForWhatItIs() throws Exception {
    Path pipe = shared.resolve("pipe.yaml");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Path broken = Files.createSymbolicLink(shared.resolve("broken.yaml"), shared.resolve("gone"));

    assertRefused(pipe, pipe + " is a pipe, where only a regular file is read: name one.");
    assertRefused(mine, mine + " is a folder, where only a regular file is read: name one.");
    assertRefused(
        Path.of("/dev/null"),
        "/dev/null is a device, where only a regular file is read: name one.");
    assertRefused(
        broken,
        "There is no settings file "
            + broken
            + ": check --config, or write one with 'nightjar init'.");
  }

  private void assertRefused(Path named, String sentence) {
    Failure.Misuse refusal =
        assertThrows(Failure.Misuse.class, () -> Place.find(mine, Optional.of(named)));
    assertEquals(sentence, refusal.getMessage());
  }
}
