/** What became of a page of data that cannot be shown; its message is for people. */
export class PageError extends Error {}

/**
 * Loads pages of data as classic scripts, which works from a server and from a file alike. Each calls
 * nightjarChunk with its name and its text.
 */
export class Pages {
  /** @param {string} folder */
  constructor(folder) {
    /** @private @const {string} */
    this.folder_ = folder;
    /** @private @const {!Map<string, function(string)>} */
    this.waiting_ = new Map();
    globalThis['nightjarChunk'] = (/** string */ name, /** string */ text) => {
      const take = this.waiting_.get(name);
      if (take) {
        this.waiting_.delete(name);
        take(text);
      }
    };
  }

  /**
   * @param {string} name
   * @return {!Promise<string>} its text, still packed
   */
  load(name) {
    return this.loadFrom(`${this.folder_}/${name}.js`, name);
  }

  /**
   * @param {string} address
   * @param {string} name
   * @return {!Promise<string>}
   */
  loadFrom(address, name) {
    return new Promise((resolve, reject) => {
      const script = /** @type {!HTMLScriptElement} */ (document.createElement('script'));
      /** @param {string} what */
      const fail = what => {
        script.remove();
        this.waiting_.delete(name);
        reject(new PageError(`${address} ${what}: publish the site again, or copy the whole folder.`));
      };
      this.waiting_.set(name, text => {
        script.remove();
        resolve(text);
      });
      script.onerror = () => fail('is missing');
      script.onload = () => {
        if (this.waiting_.has(name)) {
          fail('is damaged');
        }
      };
      script.src = address;
      document.head.append(script);
    });
  }
}
