// The page's script. Everything works without it; it plays videos in place, follows transcripts and closes menus.
import { foldMenus } from "./menus.js";
import { linkMaps } from "./maps.js";
import { preparePlayers } from "./players.js";
import { prepareShare } from "./share.js";
import { prepareTranscripts } from "./transcripts.js";

document.documentElement.classList.add("has-js");
foldMenus(document);
linkMaps(document);
preparePlayers(document);
prepareTranscripts(document);
prepareShare(document);
