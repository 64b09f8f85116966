// "About this clip" is a <details>; Escape closes it and gives the focus back.

export function closeOnEscape(details) {
  const summary = details.querySelector("summary");
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    summary.focus();
  });
}
