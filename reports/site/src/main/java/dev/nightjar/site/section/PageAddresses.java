package dev.nightjar.site.section;

/**
 * Where things are, seen from the page.
 *
 * @param runFolder the run's own folder: empty for a page inside it, {@code runs/<id>/} for the
 *     site's front page
 * @param siteFolder the site's root: empty for the front page, {@code ../../} for a run's page
 * @param hasViewer whether a viewer lies in the site
 */
public record PageAddresses(String runFolder, String siteFolder, boolean hasViewer) {
  /** Of the site's front page. */
  public static PageAddresses front(String runId, boolean hasViewer) {
    return new PageAddresses("runs/" + runId + "/", "", hasViewer);
  }

  /** Of the page in a run's own folder. */
  public static PageAddresses ofRun(boolean hasViewer) {
    return new PageAddresses("", "../../", hasViewer);
  }

  /** The viewer's page. */
  public String viewer() {
    return siteFolder + "viewer/index.html";
  }

  /** A file of the run's data. */
  public String data(String file) {
    return runFolder + "data/" + file;
  }
}
