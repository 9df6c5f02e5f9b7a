package dev.nightjar.markup;

import java.util.Iterator;

/**
 * Writes HTML with SVG in it, or XML. Balanced by construction, as an element's content is a block
 * of code; safe by construction, as every text and attribute value passes {@link VisibleText} and
 * is escaped.
 */
public final class Markup {
  private final StringBuilder out = new StringBuilder(1 << 16);

  /** Begins an HTML document. */
  public static Markup html() {
    Markup markup = new Markup();
    markup.out.append("<!doctype html>\n");
    return markup;
  }

  /** Begins an XML document in UTF-8. */
  public static Markup xml() {
    Markup markup = new Markup();
    markup.out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    return markup;
  }

  /** An element with the content that the block writes. */
  public Markup in(String name, Attributes attributes, Runnable content) {
    start(name, attributes);
    out.append('>');
    content.run();
    out.append("</").append(name).append('>');
    return this;
  }

  /** An element without attributes. */
  public Markup in(String name, Runnable content) {
    return in(name, Attributes.NONE, content);
  }

  /** An element that holds nothing but text. */
  public Markup leaf(String name, Attributes attributes, String text) {
    return in(name, attributes, () -> text(text));
  }

  /** An element without attributes that holds nothing but text. */
  public Markup leaf(String name, String text) {
    return leaf(name, Attributes.NONE, text);
  }

  /** An element that has no content: a void element of HTML, a shape of SVG. */
  public Markup empty(String name, Attributes attributes) {
    start(name, attributes);
    out.append("/>");
    return this;
  }

  /** Text. */
  public Markup text(String text) {
    escape(VisibleText.of(text), false);
    return this;
  }

  /** Text from outside that may run in either direction, kept from reordering what is around it. */
  public Markup foreign(String text) {
    return in("bdi", () -> text(text));
  }

  /** A line break in the written file, for those who read its source. */
  public Markup line() {
    out.append('\n');
    return this;
  }

  /** The style sheet or script of the project itself, the only text that is not escaped. */
  public Markup own(InlineAsset asset) {
    out.append('<').append(asset.element()).append('>');
    out.append(asset.text());
    out.append("</").append(asset.element()).append('>');
    return this;
  }

  /** What has been written. */
  @Override
  public String toString() {
    return out.toString();
  }

  private void start(String name, Attributes attributes) {
    out.append('<').append(name);
    Iterator<String> parts = attributes.namesAndValues().iterator();
    while (parts.hasNext()) {
      out.append(' ').append(parts.next()).append("=\"");
      escape(VisibleText.of(parts.next()), true);
      out.append('"');
    }
  }

  private void escape(String text, boolean inAttribute) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append(inAttribute ? "&quot;" : "\"");
        case '\n' -> out.append(inAttribute ? "&#10;" : "\n");
        case '\t' -> out.append(inAttribute ? "&#9;" : "\t");
        default -> out.append(c);
      }
    }
  }
}
