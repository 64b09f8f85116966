// How the player says a time aloud. media-chrome's own function knows one plural for all languages; the build puts this in its place.
import { getResolvedLanguage, t } from "media-chrome/utils/i18n.js";

export * from "media-chrome/utils/time.js";

const UNITS = { hour: 3600, minute: 60, second: 1 };

/** "1 minute and 42 seconds" in the player's language; negative seconds are what is left. */
export function formatAsTimePhrase(seconds) {
  if (!Number.isFinite(seconds)) return "";
  const language = getResolvedLanguage();
  const parts = [];
  let rest = Math.floor(Math.abs(seconds));
  for (const [unit, length] of Object.entries(UNITS)) {
    const number = Math.floor(rest / length);
    rest %= length;
    if (number === 0 && (unit !== "second" || parts.length)) continue;
    parts.push(number.toLocaleString(language, { style: "unit", unit, unitDisplay: "long", numberingSystem: "latn" }));
  }
  const time = new Intl.ListFormat(language).format(parts);
  return seconds < 0 ? t("{time} remaining", { time }) : time;
}
