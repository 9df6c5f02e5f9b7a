package dev.nightjar.site;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A site is written where it is said to be and nowhere else: whoever may commit to the repository
 * could otherwise put a link in its way that leads to any folder of the user who publishes.
 */
final class SiteLinks {
  private SiteLinks() {}

  /**
   * Refuses a site that is a link, or that stands below one in the repository that it lies in.
   * Links above that repository are the administrator's.
   */
  static void refuseAbove(Path site) {
    for (Path at = site; at != null && !isTop(at); at = at.getParent()) {
      if (Files.isSymbolicLink(at) && (at.equals(site) || isInRepository(at))) {
        throw SiteFailure.isALink(at);
      }
    }
  }

  private static boolean isInRepository(Path folder) {
    for (Path at = folder.getParent(); at != null; at = at.getParent()) {
      if (isTop(at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTop(Path folder) {
    return Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
  }

  /** Refuses a link under any name on the way from the site to what stands in it. */
  static void refuseBelow(Path site, Path relative) {
    Path at = site;
    for (Path name : relative) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        throw SiteFailure.leadsOut(at);
      }
    }
  }
}
