// Imported before media-chrome: its elements ask for the nonce when they write their style sheets (see build.mjs).
globalThis.polyphonyNonce = document.querySelector("script[nonce]")?.nonce ?? "";
