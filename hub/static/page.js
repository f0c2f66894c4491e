/* What every page may do with script: select a name that is filled in, close menus. */
for (const input of document.querySelectorAll("[data-select]")) input.select();

const menus = [...document.querySelectorAll("header details")];
const closeAll = (but) => menus.forEach((menu) => { if (menu !== but) menu.open = false; });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = menus.find((menu) => menu.open);
  closeAll();
  open?.querySelector("summary").focus();
});
addEventListener("click", (event) => closeAll(event.target.closest("header details")));
