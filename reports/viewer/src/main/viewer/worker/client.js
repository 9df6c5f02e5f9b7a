/**
 * The page's end of a second thread. Its program comes from a page of data and is started from a
 * Blob, as no other form of it starts from a file.
 */
export class WorkerClient {
  /** @param {string} program */
  constructor(program) {
    /** @private @const {string} */
    this.address_ = URL.createObjectURL(new Blob([program], {type: 'text/javascript'}));
    /** @private {number} */
    this.next_ = 1;
    /** @private @const {!Map<number, {resolve: function(!Object<string, ?>), reject: function(!Error)}>} */
    this.waiting_ = new Map();
    /** @private {!Worker} */
    this.worker_ = this.start_();
  }

  /**
   * @return {!Worker}
   * @private
   */
  start_() {
    const worker = new Worker(this.address_);
    worker.onmessage = event => {
      const data = /** @type {!Object<string, ?>} */ (event.data);
      const id = /** @type {number} */ (data['id']);
      const waiting = this.waiting_.get(id);
      this.waiting_.delete(id);
      if (waiting && data['answer']) {
        waiting.resolve(/** @type {!Object<string, ?>} */ (data['answer']));
      } else if (waiting) {
        waiting.reject(new Error(/** @type {string} */ (data['failure'])));
      }
    };
    return worker;
  }

  /**
   * @param {string} what
   * @param {!Object<string, ?>=} with_
   * @return {!Promise<!Object<string, ?>>}
   */
  ask(what, with_ = {}) {
    const id = this.next_++;
    return new Promise((resolve, reject) => {
      this.waiting_.set(id, {resolve, reject});
      // What is asked must not take the name of the question's number, or no answer finds its way back.
      this.worker_.postMessage(Object.assign({}, with_, {'id': id, 'what': what}));
    });
  }

  /**
   * Ends the thread with all that it holds, and starts it anew: the only way to end an expression
   * that does not end.
   */
  restart() {
    this.worker_.terminate();
    this.waiting_.forEach(waiting => waiting.reject(new Error('it was ended')));
    this.waiting_.clear();
    this.worker_ = this.start_();
  }
}
