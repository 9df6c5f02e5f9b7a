package dev.nightjar.site;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Path;

/** Why a site cannot be written, each reason a sentence. */
final class SiteFailure {
  private SiteFailure() {}

  static Failure.Misuse isAFile(Path site) {
    return new Failure.Misuse(
        site + " is a file, and a site needs a folder: name another one under 'publish'.");
  }

  static Failure.Misuse isALink(Path folder) {
    return new Failure.Misuse(
        folder
            + " is a link, and no report is written through one: name the folder that it leads to"
            + " under 'publish'.");
  }

  static Failure.Misuse leadsOut(Path link) {
    return new Failure.Misuse(
        link + " is a link out of the site, which Nightjar does not write through: remove it.");
  }

  static Failure.Unavailable isBeingPublished(Path site) {
    return new Failure.Unavailable(
        "Another Nightjar is publishing into " + site + ": try again when it is done.");
  }

  static Failure.Unavailable cannotBeWritten(Path site, IOException cause) {
    String message = cause.getMessage();
    return new Failure.Unavailable(
        "The report could not be written into "
            + site
            + " ("
            + cause.getClass().getSimpleName()
            + (message == null ? "" : ": " + message)
            + "): check that the folder is writable and its disk has room; what was published"
            + " before is unchanged.",
        cause);
  }
}
