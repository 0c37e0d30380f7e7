// Shortcuts of the review form: Ctrl (or Cmd) with the key that a button or link names in data-shortcut.
"use strict";

document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  const target = [...document.querySelectorAll("[data-shortcut]")].find((one) => one.dataset.shortcut === event.key);
  if (!target) return;
  event.preventDefault();
  target.click();
});
