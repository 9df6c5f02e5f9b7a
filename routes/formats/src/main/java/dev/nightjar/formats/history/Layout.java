package dev.nightjar.formats.history;

import tools.jackson.databind.JsonNode;

/**
 * Where the records of a kind of document stand.
 *
 * @param member of the document that holds them; empty where it is the document itself
 * @param recordDepth how deep a record is nested, the document being at 1
 */
record Layout(String member, int recordDepth) {
  /** Whether any record is there, be it in part. */
  boolean hasRecords(JsonNode document) {
    return !(member.isEmpty() ? document : document.path(member)).isEmpty();
  }
}
