// Full screen where the page around the frame allows it; where not, a button that says so and opens the clip's page.

const ICON = '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M4 4h7v2H6v12h12v-5h2v7H4Zm10 0h6v6h-2V7.4l-7.3 7.3-1.4-1.4L16.6 6H14Z"/></svg>';

/** Put the button into the control bar of `root` when the browser says that this frame may not be enlarged. */
export function addFullscreenFallback(root, video) {
  const nativeButton = root.querySelector("media-fullscreen-button");
  if (document.fullscreenEnabled || video.webkitSupportsFullscreen || !nativeButton) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "embed__fullscreen-link";
  button.setAttribute("aria-label", root.dataset.textFullscreen);
  button.title = root.dataset.textFullscreen;
  button.insertAdjacentHTML("afterbegin", ICON);
  button.addEventListener("click", () => openClipPage(root, video));
  nativeButton.replaceWith(button);
}

/** The clip's page at this second, in a window; where windows are forbidden, too, its address to copy. */
function openClipPage(root, video) {
  video.pause();
  const address = `${root.dataset.page}#t=${Math.floor(video.currentTime)}`;
  const opened = window.open(address, "_blank");
  if (opened) {
    opened.opener = null;
    return;
  }
  const blocked = root.querySelector("[data-embed-blocked]");
  const field = blocked.querySelector("input");
  blocked.hidden = false;
  field.value = address;
  field.focus();
  field.select();
}
