package dev.nightjar.doors.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.doors.git.TestStores.Ingested;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the views on the files at head say of a small tree. */
class FilesAtHeadIT {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:"
          + "4d".repeat(32)
          + "\nsize 12345\n";

  @RegisterExtension static final TestStores STORES = new TestStores();

  @TempDir Path folder;

  private TestRepository repository;

  @BeforeEach
  void makeTheTree() throws Exception {
    repository = TestRepository.init(folder.resolve("repository"));
    repository
        .write("src/main.rs", "fn main() {}\n")
        .write("src/table.rs", "static T: [u8; 0] = [];\n")
        .write("Cargo.lock", "version = 4\n")
        .write("docs/guide.md", "# Guide\n")
        .write("third_party/zlib/inflate.c", "int inflate;\n")
        .write("models/weights.bin", POINTER)
        .write("models/notes.txt", POINTER + "and more\n")
        .write("tool", "x\n")
        .write("deep/a/b.x", "x\n")
        .commit("x");
  }

  private static List<String> files(String columns, Ingested ingested) {
    return STORES.rows(
        "select " + columns + " from files_at_head where repository_id = ? order by path",
        ingested.repositoryId());
  }

  private static List<String> marks(Ingested ingested) {
    return files("path, language, is_generated, is_vendored, is_documentation", ingested);
  }

  @Test
  void pathsTellLanguagesAndMarks() {
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(
        List.of(
            "Cargo.lock\tTOML\tt\tf\tf",
            "deep/a/b.x\t-\tf\tf\tf",
            "docs/guide.md\tMarkdown\tf\tf\tt",
            "models/notes.txt\tText\tf\tf\tf",
            "models/weights.bin\t-\tf\tf\tf",
            "src/main.rs\tRust\tf\tf\tf",
            "src/table.rs\tRust\tf\tf\tf",
            "third_party/zlib/inflate.c\tC\tf\tt\tf",
            "tool\t-\tf\tf\tf"),
        marks(ingested));
    assertEquals(
        List.of("Rust\t2\t37", "Text\t1\t" + (POINTER.length() + 9)),
        STORES.rows(
            "select language, files, size_bytes from languages where repository_id = ? order by 1",
            ingested.repositoryId()));
  }

  @Test
  void attributesOfAllFoldersGoBeforePathsAndLaterOnesTakeEffectOnOldFiles() throws Exception {
    Ingested first = STORES.ingest(repository.folder());
    List<String> before = marks(first);
    repository
        .write(
            ".gitattributes",
            """
            *.rs linguist-generated
            *.x linguist-language=Common-Lisp
            tool linguist-vendored=true
            third_party/** -linguist-vendored
            [broken linguist-vendored
            """)
        .write("src/.gitattributes", "main.rs -linguist-generated linguist-documentation\n")
        .write("deep/a/.gitattributes", "/b.x linguist-generated=false\n")
        .commit("attributes");
    List<String> after = marks(STORES.ingest(repository.folder()));
    assertEquals(before.size() + 3, after.size());
    assertEquals(
        List.of(
            "deep/a/b.x\tCommon Lisp\tf\tf\tf",
            "src/main.rs\tRust\tf\tf\tt",
            "src/table.rs\tRust\tt\tf\tf",
            "third_party/zlib/inflate.c\tC\tf\tf\tf",
            "tool\t-\tf\tt\tf"),
        after.stream()
            .filter(row -> !before.contains(row) && !row.contains(".gitattributes"))
            .toList());
  }

  @Test
  void pointersOfLfsAreKnownAndWhatOnlyResemblesOneIsNot() {
    assertEquals(
        List.of("models/weights.bin\t" + POINTER.length() + "\t12345"),
        STORES.rows(
            "select path, size_bytes, lfs_bytes from files_at_head"
                + " where repository_id = ? and lfs_bytes is not null",
            STORES.ingest(repository.folder()).repositoryId()));
  }

  @Test
  void kindsAreThoseOfTheTree() throws Exception {
    String submodule = repository.head();
    repository.git("update-index", "--add", "--cacheinfo", "160000," + submodule + ",sub");
    repository.git("update-index", "--chmod=+x", "tool");
    byte[] target = "tool".getBytes(UTF_8);
    String link =
        new String(repository.output(target, "hash-object", "-w", "--stdin"), UTF_8).strip();
    repository.git("update-index", "--add", "--cacheinfo", "120000," + link + ",link");
    repository.git("commit", "-q", "-m", "kinds");
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(
        List.of("link\tlink\t4", "sub\tsubmodule\t-", "tool\texecutable\t2"),
        files("path, kind, size_bytes", ingested).stream()
            .filter(row -> !row.contains("\tfile\t"))
            .toList());
    assertEquals(
        List.of(submodule),
        STORES.rows(
            "select object_id from files_at_head where repository_id = ? and kind = 'submodule'",
            ingested.repositoryId()));
    assertEquals(
        List.of(),
        STORES.rows(
            "select path from code_age where repository_id = ? and path = 'sub'",
            ingested.repositoryId()));
  }

  @Test
  void aFolderHasAHistoryOfItsOwn() throws Exception {
    repository.commit("src/main.rs", "fn main() { }\n");
    repository.commit("deep/a/b.x", "x\ny\n");
    assertEquals(
        List.of(
            "/\t3\t11",
            "deep/\t2\t2",
            "deep/a/\t2\t2",
            "docs/\t1\t1",
            "models/\t1\t2",
            "src/\t2\t3",
            "third_party/\t1\t1",
            "third_party/zlib/\t1\t1"),
        STORES.rows(
            "select part, commits, changes from folder_activity where repository_id = ? order by"
                + " part collate \"C\"",
            STORES.ingest(repository.folder()).repositoryId()));
  }

  @Test
  void hostileAttributesSayNothingAndStopNothing() throws Exception {
    List<String> before = marks(STORES.ingest(repository.folder()));
    repository
        .write(
            ".gitattributes",
            "*.rs linguist-language=a\0b\n*.c linguist-language=\u001b[31mC\n*.md linguist-language="
                + "x".repeat(100)
                + "\n"
                + "a* filter=lfs\n".repeat(3000))
        .commit("hostile");
    List<String> after = marks(STORES.ingest(repository.folder()));
    assertEquals(
        before, after.stream().filter(row -> !row.startsWith(".gitattributes\t")).toList());
  }

  @Test
  void damagedAttributesAndPointersAreAbsentAndTheFilesStayListed() throws Exception {
    repository.write(".gitattributes", "*.rs linguist-vendored\n").commit("attributes");
    for (String path : List.of(".gitattributes", "models/weights.bin")) {
      Path loose = repository.loose(repository.git("rev-parse", "HEAD:" + path).strip());
      loose.toFile().setWritable(true);
      byte[] raw = Files.readAllBytes(loose);
      raw[raw.length - 1] ^= 1; // of the checksum
      Files.write(loose, raw);
    }
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(10, files("path", ingested).size(), () -> ingested.letters().toString());
    assertEquals(
        List.of(),
        files("path, lfs_bytes, is_vendored", ingested).stream()
            .filter(row -> row.endsWith("12345\tf") || row.equals("src/main.rs\t-\tt"))
            .toList());
  }
}
