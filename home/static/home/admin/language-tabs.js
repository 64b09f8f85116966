// Editor tabs: a language chosen behind "More languages" joins the row, and so does one that holds an error.
(() => {
  const moveIntoRow = (tab) => {
    const more = tab.closest("[data-language-more]");
    const row = more && more.parentElement.querySelector(".w-tabs__list");
    if (!row) return;
    const shown = row.querySelectorAll(".language-tabs__tab");
    shown[shown.length - 1].after(tab);
    more.open = false;
    more.hidden = !more.querySelector("[role=tab]");
    const number = more.querySelector("[data-language-more-count]");
    number.textContent = more.querySelectorAll("[role=tab]").length;
  };

  const closeOthers = (target) => {
    document.querySelectorAll("[data-language-more][open]").forEach((more) => {
      if (!more.contains(target)) more.open = false;
    });
  };

  const start = () => {
    document.querySelectorAll("[data-language-more-list] [role=tab]").forEach((tab) => {
      const panel = document.querySelector(tab.getAttribute("href"));
      const wanted = tab.getAttribute("href") === window.location.hash;
      if (wanted || (panel && panel.querySelector(".error-message"))) moveIntoRow(tab);
    });
  };

  document.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-language-more-list] [role=tab]");
    if (tab) {
      moveIntoRow(tab);
      tab.focus();
    } else {
      closeOthers(event.target);
    }
  });
  document.addEventListener("keydown", (event) => {
    const more = event.key === "Escape" && event.target.closest("[data-language-more][open]");
    if (!more) return;
    more.open = false;
    more.querySelector("summary").focus();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
