// "Use in class": the same form as without this script, whose answer comes into the page as soon as something changes.
// The server reads every field and writes every line to copy; what is wrong is said in one place only.
import { enableCopyButtons } from "./builder/copy_buttons.js";
import { formatTimecode, PlayerTime } from "./builder/player_time.js";
import { patch } from "./builder/patch.js";

const DEBOUNCE_MS = 250; // arrow keys run through a list

class Builder {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("[data-builder-form]");
    this.status = root.querySelector("[data-builder-status]");
    this.time = new PlayerTime(root.dataset.builder, root);
    this.form.querySelector("[data-builder-submit]").hidden = true;
    this.form.addEventListener("change", () => this.updateSoon());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.update();
    });
    for (const button of root.querySelectorAll("[data-builder-time]")) this.enableTimeButton(button);
    enableCopyButtons(root, (key) => this.announce(key));
    this.openWithFold(root.closest("details"));
  }

  /** On the clip's page nothing is asked for before somebody opens the fold. */
  openWithFold(fold) {
    if (!fold) return;
    fold.addEventListener("toggle", () => fold.open && this.update(), { once: true });
    if (fold.open) this.update();
  }

  enableTimeButton(button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const name = button.dataset.builderTime;
      const seconds = this.time.seconds;
      if (!seconds) return this.announce("notPlaying");
      const time = formatTimecode(seconds);
      this.form.elements[name].value = time;
      this.announce(name, { time });
      return this.update();
    });
  }

  /** Announce one of the sentences of the template. */
  announce(key, { time = "" } = {}) {
    const text = key ? this.root.dataset[`text${key[0].toUpperCase()}${key.slice(1)}`] : "";
    this.status.textContent = text.replace("{time}", time);
  }

  get query() {
    return new URLSearchParams(new FormData(this.form)).toString();
  }

  updateSoon() {
    this.announce("");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(), DEBOUNCE_MS);
  }

  async update() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = new AbortController();
    const { query } = this;
    try {
      const answer = await fetch(`${this.form.action}?${query}&part`, { signal: this.request.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      this.show(await answer.text(), query);
    } catch (error) {
      if (error.name !== "AbortError") this.announce("failed");
    }
  }

  show(html, query) {
    patch(this.root, new DOMParser().parseFromString(html, "text/html"));
    enableCopyButtons(this.root, (key) => this.announce(key));
    // On the builder's own page the address says what was chosen, so that reloading keeps it.
    if (location.pathname === new URL(this.form.action).pathname) history.replaceState(null, "", `?${query}`);
  }
}

for (const root of document.querySelectorAll("[data-builder]")) new Builder(root);
