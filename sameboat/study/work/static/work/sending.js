// @ts-check
"use strict";
/* Sends a form with files by itself, so that a bar can show how far it is and Cancel can stop it. The form says how much
   may go at once, and what is too much is not sent at all. Without this script it is sent as any other form. */

(function () {
  const MEGABYTE = 2 ** 20;

  /** @param {HTMLFormElement} form */
  function prepare(form) {
    const bar = form.querySelector("progress");
    const box = form.querySelector("[data-sending]");
    const stop = form.querySelector("[data-stop]");
    const go = form.querySelector("button:not([type])");
    if (!(box instanceof HTMLElement && bar && stop instanceof HTMLElement && go instanceof HTMLButtonElement)) return;
    let asked = /** @type {XMLHttpRequest | null} */ (null);

    /** @param {string} name */
    function say(name) {
      for (const one of form.querySelectorAll("[data-say]")) {
        if (one instanceof HTMLElement) one.hidden = one.dataset["say"] !== name;
      }
    }

    /** @param {boolean} sending */
    function show(sending) {
      box.hidden = !sending;
      go.hidden = sending;
      bar.value = 0;
      (sending ? stop : go).focus();
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (asked) return;
      const files = [...form.querySelectorAll("input")].flatMap((one) => [...(one.files ?? [])]);
      const bytes = files.reduce((sum, file) => sum + file.size, 0);
      if (bytes > Number(form.dataset["bytes"]) || files.length > Number(form.dataset["files"] ?? files.length)) {
        return say("too-much");
      }
      say("");
      show(true);
      asked = send(form, bar, box, (found) => {
        asked = null;
        if (found === "gone") return;
        show(false);
        say(found);
      });
    });

    stop.addEventListener("click", () => asked?.abort());
  }

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLProgressElement} bar
   * @param {HTMLElement} box
   * @param {(found: "gone" | "cut" | "stopped") => void} ended
   */
  function send(form, bar, box, ended) {
    const asking = new XMLHttpRequest();
    const much = box.querySelector("[data-much]");
    asking.open("POST", form.action);
    // A page, and never a string of one: nothing in it is run.
    asking.responseType = "document";
    asking.upload.onprogress = ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
      if (much) much.textContent = `${Math.floor(loaded / MEGABYTE)} / ${Math.ceil(total / MEGABYTE)} MB`;
    };
    // All is sent; what takes time now is the other side's.
    asking.upload.onload = () => bar.removeAttribute("value");
    asking.onabort = () => ended("stopped");
    asking.onerror = () => ended("cut");
    asking.onload = () => ended(arrive(form, asking) ? "gone" : "cut");
    asking.send(new FormData(form));
    return asking;
  }

  /**
   * Goes where the answer leads, or shows the page that it is.
   * @param {HTMLFormElement} form
   * @param {XMLHttpRequest} asking
   */
  function arrive(form, asking) {
    if (asking.responseURL !== form.action) {
      location.assign(asking.responseURL);
      return true;
    }
    const page = asking.response?.querySelector("main");
    const here = document.querySelector("main");
    if (!page || !here) return false;
    here.replaceWith(page);
    document.title = asking.response.title;
    page.focus();
    for (const one of page.querySelectorAll("form[data-bytes]")) prepare(one);
    return true;
  }

  for (const one of document.querySelectorAll("form[data-bytes]")) {
    if (one instanceof HTMLFormElement) prepare(one);
  }
})();
