package dev.nightjar.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The attributes of one element. Names are the program's own; values may come from outside, except
 * that an address must be one of the site's own ({@link #at}) or pass {@link #linkTo}.
 */
public final class Attributes {
  /** No attribute. */
  public static final Attributes NONE = new Attributes(List.of());

  private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction");
  private static final Pattern NAME = Pattern.compile("(?!on|style$)[a-zA-Z][a-zA-Z0-9:-]*");
  private static final Pattern OWN_ADDRESS = Pattern.compile("(?!/)[#=A-Za-z0-9_./-]*|data:,");
  private static final Pattern WEB_ADDRESS =
      Pattern.compile("https?://[^\\s\\\\\"'<>`\\p{Cntrl}\\p{Cf}]+");

  private final List<String> namesAndValues;

  private Attributes(List<String> namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  /**
   * Attributes by name and value in turn.
   *
   * @throws IllegalArgumentException for a name that could carry code ({@code on…}, {@code style}),
   *     or an address that is none of the site's own
   */
  public static Attributes at(String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      check(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Attributes(List.of(namesAndValues));
  }

  /** The link to a page elsewhere; no attribute at all unless it is plain http or https. */
  public static Attributes linkTo(String address) {
    return WEB_ADDRESS.matcher(address).matches()
        ? new Attributes(List.of("href", address, "rel", "noopener noreferrer nofollow"))
        : NONE;
  }

  /** A link of a feed, to the site's own page or to one on the web; no attribute for others. */
  public static Attributes feedLink(String relation, String address) {
    boolean may = OWN_ADDRESS.matcher(address).matches() || WEB_ADDRESS.matcher(address).matches();
    return may ? new Attributes(List.of("rel", relation, "href", address)) : NONE;
  }

  /** These and one more. */
  public Attributes and(String name, String value) {
    check(name, value);
    List<String> all = new ArrayList<>(namesAndValues);
    all.add(name);
    all.add(value);
    return new Attributes(List.copyOf(all));
  }

  List<String> namesAndValues() {
    return namesAndValues;
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("an attribute named " + name + " is never written");
    }
    if (ADDRESSES.contains(name) && !OWN_ADDRESS.matcher(value).matches()) {
      throw new IllegalArgumentException("'" + value + "' is no address of this site");
    }
  }
}
