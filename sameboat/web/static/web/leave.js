// @ts-check
"use strict";
/* Leave this page now: the cover first, so that nothing can be read over a shoulder, then out.
   Without this script the same control is a plain link to the same address. Nothing is stored or sent from here. */

(function () {
  const PRESSES = 3;
  const WITHIN_MS = 5000;
  const PATIENCE_MS = 4000;

  const door = document.querySelector("[data-leave]");
  const cover = document.querySelector("[data-cover]");
  if (!(door instanceof HTMLAnchorElement) || !(cover instanceof HTMLElement)) return;
  const way = door.pathname;

  function leave() {
    if (cover instanceof HTMLElement) cover.hidden = false;
    document.title = " ";
    // A server that does not answer must not leave anyone in front of an error page with this address on it.
    if (!navigator.onLine) return location.replace("about:blank");
    setTimeout(() => location.replace("about:blank"), PATIENCE_MS);
    location.replace(way);
  }

  for (const each of document.querySelectorAll("[data-leave], [data-leave-soon]")) {
    each.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }

  // It is announced as a button, and a button also answers to the space bar.
  door.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    leave();
  });

  let presses = /** @type {number[]} */ ([]);
  let held = false;
  let sticky = false;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Shift") {
      held = true;
      return;
    }
    // A capital letter with no finger on Shift: the device holds keys down for this person, so three presses mean nothing.
    if (event.shiftKey && !held && event.key.length === 1) sticky = true;
    presses = [];
  });

  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    held = false;
    const now = event.timeStamp;
    presses = presses.filter((at) => now - at < WITHIN_MS).concat(now);
    if (presses.length >= PRESSES && !sticky) leave();
  });

  // Back from the browser's memory: the page stays covered and goes on its way out.
  addEventListener("pageshow", (event) => {
    if (event.persisted && !cover.hidden) leave();
  });
})();
