/**
 * JSON as other tools write it: records one by one however long the document, and their fields as
 * numbers, texts and parameters, or a reason why they are none.
 */
@NullMarked
package dev.nightjar.formats.json;

import org.jspecify.annotations.NullMarked;
