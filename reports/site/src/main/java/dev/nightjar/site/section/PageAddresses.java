package dev.nightjar.site.section;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where things are, seen from the page.
 *
 * @param runFolder the run's own folder: empty for a page inside it, {@code runs/<id>/} for the
 *     site's front page
 * @param siteFolder the site's root: empty for the front page, {@code ../../} for a run's page
 * @param hasViewer whether a viewer lies in the site
 * @param forge what a commit's id is added to for its address on the web; absent when unknown
 * @param commits those that the report names
 */
public record PageAddresses(
    String runFolder,
    String siteFolder,
    boolean hasViewer,
    @Nullable String forge,
    CommitBook commits) {
  /** Of the site's front page. */
  public static PageAddresses front(String runId, boolean hasViewer) {
    return new PageAddresses("runs/" + runId + "/", "", hasViewer, null, CommitBook.EMPTY);
  }

  /** Of the page in a run's own folder. */
  public static PageAddresses ofRun(boolean hasViewer) {
    return new PageAddresses("", "../../", hasViewer, null, CommitBook.EMPTY);
  }

  /** Of the list of runs. */
  public static PageAddresses ofArchive(boolean hasViewer) {
    return new PageAddresses("", "../", hasViewer, null, CommitBook.EMPTY);
  }

  /** The same with commits that lead somewhere. */
  public PageAddresses with(@Nullable String itsForge, CommitBook itsCommits) {
    return new PageAddresses(runFolder, siteFolder, hasViewer, itsForge, itsCommits);
  }

  /** The viewer's page. */
  public String viewer() {
    return siteFolder + "viewer/index.html";
  }

  /** Where a commit is shown: on the forge, else in the viewer; empty where neither is there. */
  public Optional<String> commit(String id) {
    if (forge != null) {
      return Optional.of(forge + id);
    }
    return hasViewer ? Optional.of(viewer() + "#commit=" + id) : Optional.empty();
  }

  /** A file of the run's data. */
  public String data(String file) {
    return runFolder + "data/" + file;
  }
}
