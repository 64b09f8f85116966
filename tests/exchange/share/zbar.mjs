// Reads bar codes with ZBar: `node zbar.mjs WIDTH HEIGHT`, grey pixels on standard input, one line of JSON out.
import { buffer } from "node:stream/consumers";
import { scanGrayBuffer } from "@undecaf/zbar-wasm";

const [width, height] = process.argv.slice(2).map(Number);
const grey = await buffer(process.stdin);
const found = await scanGrayBuffer(grey.buffer.slice(grey.byteOffset, grey.byteOffset + grey.length), width, height);
console.log(JSON.stringify(found.map((symbol) => [symbol.typeName, symbol.decode()])));
