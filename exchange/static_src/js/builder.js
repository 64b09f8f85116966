// "Use in class": the same form as without this script, whose answer comes into the page as soon as something changes.
// The server reads every field and writes every line to copy; what is wrong is said in one place only.
import { offerCopying } from "./builder/copying.js";
import { clock, PlayerTime } from "./builder/player_time.js";
import { patch } from "./builder/patch.js";

const PAUSE_MS = 250; // between a change and the question it makes: arrow keys run through a list

class Builder {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("[data-builder-form]");
    this.status = root.querySelector("[data-builder-status]");
    this.time = new PlayerTime(root.dataset.builder, root);
    this.form.querySelector("[data-builder-submit]").hidden = true;
    this.form.addEventListener("change", () => this.askSoon());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    for (const button of root.querySelectorAll("[data-builder-take]")) this.offerTaking(button);
    offerCopying(root, (key) => this.say(key));
    this.openWithFold(root.closest("details"));
  }

  /** On the clip's page nothing is asked for before somebody opens the fold. */
  openWithFold(fold) {
    if (!fold) return;
    fold.addEventListener("toggle", () => fold.open && this.ask(), { once: true });
    if (fold.open) this.ask();
  }

  offerTaking(button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const name = button.dataset.builderTake;
      const seconds = this.time.seconds;
      if (!seconds) return this.say("notPlaying");
      const time = clock(seconds);
      this.form.elements[name].value = time;
      this.say(name, { time });
      return this.ask();
    });
  }

  /** Announce one of the sentences that the template brought. */
  say(key, { time = "" } = {}) {
    const text = key ? this.root.dataset[`text${key[0].toUpperCase()}${key.slice(1)}`] : "";
    this.status.textContent = text.replace("{time}", time);
  }

  get query() {
    return new URLSearchParams(new FormData(this.form)).toString();
  }

  askSoon() {
    this.say("");
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.asking = new AbortController();
    const { query } = this;
    try {
      const answer = await fetch(`${this.form.action}?${query}&part`, { signal: this.asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      this.show(await answer.text(), query);
    } catch (error) {
      if (error.name !== "AbortError") this.say("failed");
    }
  }

  show(html, query) {
    patch(this.root, new DOMParser().parseFromString(html, "text/html"));
    offerCopying(this.root, (key) => this.say(key));
    // On the builder's own page the address says what was chosen, so that reloading keeps it.
    if (location.pathname === new URL(this.form.action).pathname) history.replaceState(null, "", `?${query}`);
  }
}

for (const root of document.querySelectorAll("[data-builder]")) new Builder(root);
