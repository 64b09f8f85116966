// Editor tabs: languages wait behind "More languages" until they are chosen, or hold an error.
(() => {
  const WAITING = "language-tabs__waiting";

  const buttonOf = (tab) => document.querySelector(`[data-language-more-for="${tab.id}"]`);

  const show = (tab) => {
    if (!tab.classList.contains(WAITING)) return;
    tab.classList.remove(WAITING);
    const button = buttonOf(tab);
    const more = button.closest("[data-language-more]");
    button.parentElement.remove();
    const left = more.querySelectorAll("[data-language-more-for]").length;
    more.querySelector("[data-language-more-count]").textContent = left;
    more.open = false;
    more.hidden = left === 0;
  };

  const choose = (button) => {
    const tab = document.getElementById(button.dataset.languageMoreFor);
    show(tab);
    tab.click();
    tab.focus();
  };

  const watch = (tabs) => {
    const list = tabs.querySelector("[role=tablist]");
    // Arrow keys, an address with a tab in it and links to an error select a tab without asking here.
    new MutationObserver((changes) => {
      changes.forEach(({ target }) => {
        if (target.getAttribute("aria-selected") === "true") show(target);
      });
    }).observe(list, { attributeFilter: ["aria-selected"], subtree: true });
    list.querySelectorAll(`.${WAITING}`).forEach((tab) => {
      const panel = document.querySelector(tab.getAttribute("href"));
      const selected = tab.getAttribute("aria-selected") === "true";
      if (selected || panel.querySelector(".error-message")) show(tab);
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-language-more-for]");
    if (button) choose(button);
    document.querySelectorAll("[data-language-more][open]").forEach((more) => {
      if (!more.contains(event.target)) more.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    const more = event.key === "Escape" && event.target.closest("[data-language-more][open]");
    if (!more) return;
    more.open = false;
    more.querySelector("summary").focus();
  });

  const start = () => document.querySelectorAll(".language-tabs").forEach(watch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
