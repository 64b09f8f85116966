// The control bar, as DOM: only the elements of media-chrome that we use are bundled.
import "media-chrome/media-captions-button.js";
import "media-chrome/media-control-bar.js";
import "media-chrome/media-controller.js";
import "media-chrome/media-error-dialog.js";
import "media-chrome/media-fullscreen-button.js";
import "media-chrome/media-loading-indicator.js";
import "media-chrome/media-mute-button.js";
import "media-chrome/media-pip-button.js";
import "media-chrome/media-play-button.js";
import "media-chrome/media-time-display.js";
import "media-chrome/media-time-range.js";
import "media-chrome/media-volume-range.js";
import "media-chrome/menu/media-chrome-menu-item.js";
import "media-chrome/menu/media-captions-menu.js";
import "media-chrome/menu/media-captions-menu-button.js";
import "media-chrome/menu/media-playback-rate-menu.js";
import "media-chrome/menu/media-playback-rate-menu-button.js";
import "media-chrome/menu/media-rendition-menu.js";
import "media-chrome/menu/media-rendition-menu-button.js";
import { addTranslation } from "media-chrome/utils/i18n.js";

/** Create an element with attributes (true = present without value) and children. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value === true ? "" : value);
  node.append(...children);
  return node;
}

const menus = () => [
  element("media-captions-menu", { hidden: true, anchor: "auto" }),
  element("media-playback-rate-menu", { hidden: true, anchor: "auto", rates: "0.5 0.75 1 1.25 1.5 2" }),
  element("media-rendition-menu", { hidden: true, anchor: "auto" }),
];

const bar = (hasCaptions) => element(
  "media-control-bar", {},
  element("media-play-button"),
  element("media-time-display", { showduration: true, notoggle: true }),
  element("span", { class: "player__spacer" }),
  element("media-mute-button"),
  element("media-volume-range"),
  ...(hasCaptions ? [element("media-captions-menu-button")] : []),
  element("media-playback-rate-menu-button"),
  element("media-rendition-menu-button"),
  element("media-pip-button"),
  element("media-fullscreen-button"),
);

const SPEED = "Playback rate {playbackRate}";

/** The button of the speed menu shows "1.5x": who says what is written there must be understood (WCAG 2.5.3). */
const spoken = (strings) => ({ ...strings, [SPEED]: strings[SPEED].replace("{playbackRate}", "{playbackRate}x") });

/** Wrap `video` in a media-controller inside `stage`, speaking `labels.lang`; returns the controller. */
export function buildControls(video, stage, labels) {
  addTranslation(labels.lang, spoken(labels.strings));
  const hasCaptions = Boolean(video.querySelector('track[kind="captions"], track[kind="subtitles"]'));
  const controller = element(
    "media-controller",
    // No preference is kept: public pages store nothing.
    { lang: labels.lang, dir: "ltr", tabindex: "0", "aria-label": labels.label, novolumepref: true, nomutedpref: true, nosubtitleslangpref: true,
      breakpoints: "sm:480 md:700" },
    element("media-loading-indicator", { slot: "centered-chrome", noautohide: true }),
    element("media-error-dialog", { slot: "dialog" }),
    ...menus(),
    element("div", { class: "player__bottom" }, element("media-time-range"), bar(hasCaptions)),
  );
  video.controls = false;
  video.slot = "media";
  stage.prepend(controller);
  controller.prepend(video);
  // It is text, not a button, and text is not named but read.
  controller.querySelector("media-time-display").removeAttribute("aria-label");
  return controller;
}
