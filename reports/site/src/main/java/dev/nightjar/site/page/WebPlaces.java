package dev.nightjar.site.page;

import org.jspecify.annotations.Nullable;

/**
 * What is known of addresses on the web.
 *
 * @param forge what a commit's id is added to; absent when unknown
 * @param site where the site itself is, with a slash at its end; absent when nobody says
 */
public record WebPlaces(@Nullable String forge, @Nullable String site) {
  /** Nothing is known. */
  public static final WebPlaces UNKNOWN = new WebPlaces(null, null);

  /** A page of the site: absolute where that can be, as readers of feeds need it. */
  String page(String relative) {
    return site == null ? relative : site + relative;
  }
}
