// Updates the page from the server's answer without touching what somebody is using.

const written = new WeakMap(); // element of the page -> the HTML it was last written from

function patchPart(here, fresh) {
  const html = fresh.outerHTML;
  if ((written.get(here) ?? here.outerHTML) === html) return;
  if (here.matches("input, textarea")) here.value = fresh.value;
  else if (here.matches("[aria-live]")) here.textContent = fresh.textContent;
  else if (here.matches("a")) here.href = fresh.getAttribute("href");
  else {
    here.replaceWith(fresh);
    here = fresh;
  }
  written.set(here, html);
}

function patchFields(form, freshForm) {
  for (const fresh of freshForm.elements) {
    const here = form.elements[fresh.name];
    if (fresh.name && here?.value !== undefined && fresh.type !== "radio") here.value = fresh.value;
  }
}

/** Make fields, notes and snippets below `root` those of `answer`, a document with the same builder in it. */
export function patch(root, answer) {
  patchFields(root.querySelector("[data-builder-form]"), answer.querySelector("[data-builder-form]"));
  const snippets = root.querySelector("[data-builder-snippets]");
  if (!snippets.childElementCount) {
    snippets.replaceChildren(...answer.querySelector("[data-builder-snippets]").childNodes);
  }
  for (const fresh of answer.querySelectorAll("[data-part]")) {
    const here = root.querySelector(`[data-part="${fresh.dataset.part}"]`);
    if (here) patchPart(here, fresh);
  }
}
