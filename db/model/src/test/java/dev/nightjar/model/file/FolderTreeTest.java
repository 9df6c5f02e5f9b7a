package dev.nightjar.model.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir private Path folder;

  @Test
  void goesWithAllThatIsInItAndLeavesWhatItsLinksLeadTo() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept.txt"), "kept");
    Path tree = Files.createDirectories(folder.resolve("tree/deep/deeper")).getParent().getParent();
    Files.writeString(tree.resolve("deep/file"), "");
    Files.createSymbolicLink(tree.resolve("deep/link"), kept);
    Files.createSymbolicLink(tree.resolve("up"), folder);

    FolderTree.delete(tree);

    assertFalse(Files.exists(tree, LinkOption.NOFOLLOW_LINKS));
    assertEquals("kept", Files.readString(kept));
  }

  @Test
  void aLinkGoesAloneAndWhatIsNotThereIsNoFailure() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target/inner"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target.getParent());

    FolderTree.delete(link);
    FolderTree.delete(folder.resolve("nothing"));

    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.isDirectory(target));
  }
}
