package dev.nightjar.git.head;

import dev.nightjar.model.git.FileMarks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path tells of a file, after the conventions of GitHub's linguist (its languages.yml,
 * vendor.yml, documentation.yml and generated.rb): the usual languages and patterns, and what
 * {@code .gitattributes} says before them. Linguist also reads contents, where one extension has
 * several languages; here the commonest of them is taken.
 */
final class Linguist {
  private static final Map<String, String> LANGUAGES = new HashMap<>();
  private static final Map<String, String> PROPER_NAMES = new HashMap<>();

  static {
    read();
  }

  private static final Set<String> GENERATED_NAMES =
      Set.of(
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "bun.lock",
          "deno.lock",
          "composer.lock",
          "cargo.lock",
          "gopkg.lock",
          "glide.lock",
          "go.sum",
          "poetry.lock",
          "pdm.lock",
          "uv.lock",
          "pipfile.lock",
          "pixi.lock",
          "gemfile.lock",
          "flake.lock",
          "module.bazel.lock",
          ".terraform.lock.hcl",
          ".pnp.js",
          ".pnp.cjs");

  private static final Pattern GENERATED =
      Pattern.compile(
          ".*(?:[.-]min\\.(?:js|css)|\\.(?:js|css|mjs)\\.map|\\.pb\\.(?:go|cc|h)|\\.pb2?\\.dart|_pb2(?:_grpc)?\\.pyi?"
              + "|_pb\\.(?:js|d\\.ts)|_grpc\\.pb\\.(?:go|cc|h)|\\.designer\\.(?:cs|vb)|\\.g\\.(?:cs|dart)"
              + "|\\.generated\\.(?:cs|go|rs|ts)|\\.freezed\\.dart|\\.nib|\\.xcworkspacedata|\\.xcuserstate|\\.feature\\.cs)"
              + "|(?:.*/)?(?:__generated__|node_modules|godeps|__snapshots__)/.*",
          Pattern.DOTALL);

  private static final Pattern VENDORED =
      Pattern.compile(
          "(?:.*/)?(?:node_modules|bower_components|vendors?|third[-_]?party|3rd[-_]?party|extern(?:al)?|dist"
              + "|\\.yarn/(?:releases|plugins|sdks|versions)|\\.mvn/wrapper|gradle/wrapper|\\.vscode|\\.idea)/.*"
              + "|(?:deps|dependencies|carthage|pods|debian)/.*"
              + "|(?:.*/)?(?:mvnw(?:\\.cmd)?|gradlew(?:\\.bat)?|configure|config\\.guess|config\\.sub|aclocal\\.m4|libtool\\.m4"
              + "|lt(?:options|sugar|version|~obsolete)\\.m4|jquery(?:[.-]\\d[^/]*|\\.min)?\\.js|bootstrap(?:\\.min)?\\.(?:js|css))",
          Pattern.DOTALL);

  private static final Pattern DOCUMENTATION =
      Pattern.compile(
          "(?:docs?|man|examples|demos?|samples?)/.*"
              + "|(?:.*/)?(?:documentation|groovydoc|javadoc)/.*"
              + "|(?:.*/)?(?:change(?:s|log)|contributing|copying|install|licen[cs]e|readme)(?:\\.[^/]*)?",
          Pattern.DOTALL);

  private Linguist() {}

  private static void read() {
    try (InputStream stream =
            Objects.requireNonNull(Linguist.class.getResourceAsStream("languages.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(":", 2);
        PROPER_NAMES.put(parts[0].toLowerCase(Locale.ROOT), parts[0]);
        for (String name : parts[1].strip().split(" ")) {
          LANGUAGES.put(name, parts[0]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A language's name as it is written, from one of {@code .gitattributes}. */
  static String properName(String said) {
    String spaced = said.replace('-', ' ');
    String proper = PROPER_NAMES.get(said.toLowerCase(Locale.ROOT));
    return proper != null
        ? proper
        : PROPER_NAMES.getOrDefault(spaced.toLowerCase(Locale.ROOT), spaced);
  }

  /** What a file counts as. */
  static FileMarks marks(String path, PathAttributes attributes) {
    String lower = path.toLowerCase(Locale.ROOT);
    return new FileMarks(
        attributes.language() != null ? attributes.language() : language(lower),
        said(
            attributes.generated(),
            GENERATED_NAMES.contains(name(lower)) || GENERATED.matcher(lower).matches()),
        said(attributes.vendored(), VENDORED.matcher(lower).matches()),
        said(attributes.documentation(), DOCUMENTATION.matcher(lower).matches()));
  }

  private static boolean said(@Nullable Boolean attribute, boolean byPath) {
    return attribute == null ? byPath : attribute;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** By the whole name, else by the longest extension that is known. */
  private static @Nullable String language(String path) {
    String name = name(path);
    String language = LANGUAGES.get(name);
    for (int dot = name.indexOf('.');
        language == null && dot >= 0;
        dot = name.indexOf('.', dot + 1)) {
      language = LANGUAGES.get(name.substring(dot));
    }
    return language;
  }
}
