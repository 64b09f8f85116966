// Buttons that copy a field. Without a clipboard they stay hidden; the field can still be selected by hand.

const enabled = new WeakSet();

async function copy(field, say) {
  try {
    await navigator.clipboard.writeText(field.value);
    say("copied");
  } catch {
    field.focus();
    field.select();
    say("notCopied");
  }
}

/** Prepare every `[data-builder-copy]` below `root` once; `say(key)` tells people how it went. */
export function enableCopyButtons(root, say) {
  for (const button of root.querySelectorAll("[data-builder-copy]")) {
    if (enabled.has(button)) continue;
    enabled.add(button);
    const field = root.querySelector(`#${button.dataset.builderCopy}`);
    field.addEventListener("focus", () => field.select());
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(field, say));
  }
}
