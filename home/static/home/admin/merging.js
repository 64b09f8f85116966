// The editor while others edit: saves are merged, so Wagtail's warning that a save overwrites others' is not shown.
(() => {
  const isMerging = () => document.querySelector("form[data-edit-form] [name=loaded_state]") !== null;

  // Who saved is still shown beside the save button; only the dialog that it brings is left out.
  document.addEventListener(
    "w-swap:json",
    ({ detail: { data } }) => {
      if (!data || !data.other_sessions || !isMerging()) return;
      data.other_sessions.forEach((session) => {
        session.revision_id = null;
      });
      const list = document.createElement("template");
      list.innerHTML = data.html;
      list.content.querySelectorAll("template[data-controller=w-teleport]").forEach((text) => text.remove());
      data.html = list.innerHTML;
    },
    true,
  );
})();
