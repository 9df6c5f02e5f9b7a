package dev.nightjar.git.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.git.FileMarks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What paths tell, and what they must not tell. */
class LinguistTest {
  @ParameterizedTest
  @CsvSource({
    // path, language, then which of generated, vendored, documentation
    "src/Main.java, Java, ''",
    "Makefile, Makefile, ''",
    "a/b/CMakeLists.txt, CMake, ''",
    "types.d.ts, TypeScript, ''",
    "noextension, , ''",
    ".gitignore, Ignore List, ''",
    "web/package-lock.json, JSON, g",
    "Cargo.lock, TOML, g",
    "api/v1/service.pb.go, Go, g",
    "static/app.min.js, JavaScript, g",
    "node_modules/left-pad/index.js, JavaScript, gv",
    "deps/lua/src/lapi.c, C, v",
    "src/deps/graph.c, C, ''",
    "third-party/zlib/inflate.c, C, v",
    "myvendor/x.go, Go, ''",
    "configure, , v",
    "docs/guide.md, Markdown, d",
    "src/demo/Main.java, Java, ''",
    "examples/hello.py, Python, d",
    "README, , d",
    "src/readme_parser.c, C, ''",
    "CHANGELOG.md, Markdown, d",
  })
  void marksOf(String path, String language, String expected) {
    FileMarks marks = Linguist.marks(path, PathAttributes.NONE);
    assertEquals(language, marks.language(), path);
    String found =
        (marks.isGenerated() ? "g" : "")
            + (marks.isVendored() ? "v" : "")
            + (marks.isDocumentation() ? "d" : "");
    assertEquals(expected, found, path);
  }
}
