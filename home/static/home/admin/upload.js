// Says of a film that is too large before it is sent: the server would say so only after a long upload.
const note = document.querySelector("[data-most-bytes]");
const input = document.querySelector("#w-editor-form input[type=file]");

if (note && input) {
  const look = () => {
    note.hidden = !input.files.length || input.files[0].size <= Number(note.dataset.mostBytes);
  };
  input.addEventListener("change", look);
  input.closest("form").addEventListener("reset", () => setTimeout(look));
  look();
}
