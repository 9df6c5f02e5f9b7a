package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository whose messages, people, paths and refs attack whoever shows them. */
final class HostileRepository {
  /** Would set an attribute of the page's root if any of it were run. */
  static final String ATTACK =
      "\"><script>document.documentElement.setAttribute('data-owned',1)</script>"
          + "<img src=x onerror=document.documentElement.setAttribute('data-owned',2)>"
          + "'\"</title></style></script><svg onload=document.documentElement.setAttribute('data-owned',3)>";

  private static final String CONTROLS = "\u001b[31m\u0007\u202Eevil\u2066\b";

  private HostileRepository() {}

  static Path make(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    GitFixture.git(folder, "init", "-q", "-b", "main", ".");
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      stream.write(commit(i));
    }
    stream.write(
        "reset refs/heads/<script>alert(1)</script>\nfrom refs/heads/main\n".getBytes(UTF_8));
    stream.write("reset refs/tags/\"onload=alert(1)\nfrom refs/heads/main\n".getBytes(UTF_8));
    GitFixture.fastImport(folder, stream.toByteArray());
    GitFixture.git(folder, "reset", "-q", "--hard", "main");
    return folder;
  }

  private static byte[] commit(int number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // The last one says nothing of its encoding, and is none.
    byte[] message =
        number == 4
            ? ("Gr\u00fc\u00dfe " + ATTACK).getBytes(ISO_8859_1)
            : (ATTACK + CONTROLS + number + "\n\nReviewed-by: " + ATTACK).getBytes(UTF_8);
    String person = "%s <%s>".formatted(plain("Mallory " + ATTACK), plain(ATTACK + "@example.org"));
    out.write("commit refs/heads/main\n".getBytes(UTF_8));
    out.write("author %s %d +0000\n".formatted(person, 1_700_000_000L + number).getBytes(UTF_8));
    out.write("committer %s %d -0000\n".formatted(person, 1_700_000_000L + number).getBytes(UTF_8));
    out.write("data %d\n".formatted(message.length).getBytes(UTF_8));
    out.write(message);
    String path = "src/" + (ATTACK + "/../\n\t").replace("/..", "") + number + ".txt";
    out.write("\nM 100644 inline %s\ndata 5\nline\n\n".formatted(quoted(path)).getBytes(UTF_8));
    return out.toByteArray();
  }

  /** Git's own separators cannot be in a name or address. */
  private static String plain(String text) {
    return text.replace("<", "\u2039").replace(">", "\u203a");
  }

  private static String quoted(String path) {
    return '"'
        + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }
}
