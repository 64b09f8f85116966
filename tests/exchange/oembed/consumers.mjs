// Ask about an address as a site with @extractus/oembed-extractor does:
// `node consumers.mjs <address> <maxwidth> [the archive as a registered provider, in JSON]`.
// Without a provider it has to find us by itself, from the links in the page's head. Prints the answer as JSON.
import { extract, setProviderList } from "@extractus/oembed-extractor";

const [address, maxwidth, provider] = process.argv.slice(2);
setProviderList(provider ? [JSON.parse(provider)] : []);
// It asks registered providers by https alone; the server of a test has none.
const plainly = (url) => fetch(url.replace("https://localhost:", "http://localhost:"));
console.log(JSON.stringify(await extract(address, { maxwidth }, plainly)));
