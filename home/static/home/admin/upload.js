// Warns about a file that is too large before it is sent: the server could only say so after a long upload.
const note = document.querySelector("[data-most-bytes]");
const input = document.querySelector("#w-editor-form input[type=file]");

if (note && input) {
  const update = () => {
    note.hidden = !input.files.length || input.files[0].size <= Number(note.dataset.mostBytes);
  };
  input.addEventListener("change", update);
  input.closest("form").addEventListener("reset", () => setTimeout(update));
  update();
}
