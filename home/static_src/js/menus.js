// Menus are <details>; this closes them on Escape, on a click elsewhere, and when focus leaves.

function close(menu, { focus = false } = {}) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

/** Give every `details[data-menu]` below `root` the manners of a menu. */
export function foldMenus(root) {
  for (const menu of root.querySelectorAll("details[data-menu]")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) close(menu, { focus: true });
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu);
    });
    root.addEventListener("click", (event) => {
      if (menu.open && !menu.contains(event.target)) close(menu);
    });
  }
}
