package dev.nightjar.git.head;

import java.util.regex.Pattern;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What {@code .gitattributes} says of one path, as far as it is asked here.
 *
 * @param language of {@code linguist-language}; absent where nothing is said
 * @param generated of {@code linguist-generated}; likewise
 * @param vendored of {@code linguist-vendored}; likewise
 * @param documentation of {@code linguist-documentation}; likewise
 * @param isLfs whether the filter is that of git LFS
 */
record PathAttributes(
    @Nullable String language,
    @Nullable Boolean generated,
    @Nullable Boolean vendored,
    @Nullable Boolean documentation,
    boolean isLfs) {
  static final String LANGUAGE = "linguist-language";
  static final String GENERATED = "linguist-generated";
  static final String VENDORED = "linguist-vendored";
  static final String DOCUMENTATION = "linguist-documentation";
  static final String FILTER = "filter";
  static final PathAttributes NONE = new PathAttributes(null, null, null, null, false);

  /** What else stands there is no language, and nothing to store or to show. */
  private static final Pattern LANGUAGE_NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}+#.*'()_-]{0,59}");

  static PathAttributes of(Attributes attributes) {
    return new PathAttributes(
        language(attributes.get(LANGUAGE)),
        answer(attributes.get(GENERATED)),
        answer(attributes.get(VENDORED)),
        answer(attributes.get(DOCUMENTATION)),
        "lfs".equals(value(attributes.get(FILTER))));
  }

  /** Blanks cannot stand in an attribute; linguist takes dashes for them. */
  private static @Nullable String language(@Nullable Attribute attribute) {
    String name = value(attribute);
    return name == null || !LANGUAGE_NAME.matcher(name).matches()
        ? null
        : Linguist.properName(name);
  }

  private static @Nullable String value(@Nullable Attribute attribute) {
    return attribute != null && attribute.getState() == Attribute.State.CUSTOM
        ? attribute.getValue()
        : null;
  }

  private static @Nullable Boolean answer(@Nullable Attribute attribute) {
    if (attribute == null) {
      return null;
    }
    return switch (attribute.getState()) {
      case SET -> true;
      case UNSET -> false;
      case CUSTOM -> !"false".equals(attribute.getValue());
      case UNSPECIFIED -> null;
    };
  }
}
