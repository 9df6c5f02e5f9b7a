package dev.nightjar.reports.page;

/**
 * Where things are, seen from the page.
 *
 * @param runFolder the run's own folder: empty for a page inside it, {@code runs/<id>/} for the
 *     site's front page
 * @param siteFolder the site's root: empty for the front page, {@code ../../} for a run's page
 */
public record PageAddresses(String runFolder, String siteFolder) {
  /** Of the site's front page. */
  public static PageAddresses front(String runId) {
    return new PageAddresses("runs/" + runId + "/", "");
  }

  /** Of the page in a run's own folder. */
  public static PageAddresses ofRun() {
    return new PageAddresses("", "../../");
  }

  /** A file of the run's data. */
  public String data(String file) {
    return runFolder + "data/" + file;
  }
}
