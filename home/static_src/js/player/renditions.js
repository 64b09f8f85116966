// The rungs of the ladder as the list that media-chrome's quality menu reads (the shape of the media-tracks proposal).

/** `rungs` = [{id, width, height, bitrate}]; choosing an index calls `onChoose(index)`, -1 is automatic. */
export class Renditions extends EventTarget {
  #chosen = -1;
  #rungs = [];

  /** Replace the list; `onChoose` gets what the person chose. */
  offer(rungs, onChoose) {
    this.#rungs = rungs;
    this.onChoose = onChoose;
    rungs.forEach((rung, index) => { this[index] = rung; });
    this.dispatchEvent(new Event("addrendition"));
  }

  get length() { return this.#rungs.length; }
  get selectedIndex() { return this.#chosen; }

  set selectedIndex(index) {
    this.#chosen = index;
    this.onChoose?.(index);
    this.dispatchEvent(new Event("change"));
  }

  [Symbol.iterator]() { return this.#rungs[Symbol.iterator](); }
}
