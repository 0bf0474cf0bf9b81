"""What a browser has kept on a device: every record of every database, and whether its keys can be taken out."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

LOOK = """async () => {
  const keys = [];
  const texts = [];
  const bytes = (view) => String.fromCharCode(...new Uint8Array(view.buffer ?? view).slice(0, 100000));
  const walk = async (value) => {
    if (value instanceof CryptoKey) {
      const form = value.type === 'private' ? 'pkcs8' : 'raw';
      const out = await crypto.subtle.exportKey(form, value).then(() => true, () => false);
      keys.push({ type: value.type, extractable: value.extractable, taken: out });
    } else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) texts.push(bytes(value));
    else if (value !== null && typeof value === 'object') {
      for (const [k, v] of Object.entries(value)) { texts.push(k); await walk(v); }
    } else texts.push(String(value));
  };
  const done = (request) => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = no;
  });
  const names = (await indexedDB.databases()).map(({ name }) => name);
  for (const name of names) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const held = db.transaction(store).objectStore(store);
      for (const value of [...(await done(held.getAllKeys())), ...(await done(held.getAll()))]) await walk(value);
    }
    db.close();
  }
  for (const store of [localStorage, sessionStorage]) {
    for (const [k, v] of Object.entries(store)) texts.push(`${k} ${v}`);
  }
  return { names, keys, texts, caches: await caches.keys() };
}"""


def kept(page: Page) -> dict[str, Any]:
    """`names` of databases, `keys` with whether each can be exported, all `texts` (bytes as Latin-1), `caches`."""
    found: dict[str, Any] = page.evaluate(LOOK)
    return found


# Waits until the shell, and the worker that answers with it, are both here or both gone.
SHELL = """async ([kept, most]) => {
  const until = Date.now() + most;
  for (;;) {
    const shells = (await caches.keys()).length;
    const workers = (await navigator.serviceWorker.getRegistrations()).length;
    if (kept ? shells > 0 && workers > 0 : shells + workers === 0) return;
    if (Date.now() > until) throw new Error(`${shells} shells, ${workers} workers`);
    await new Promise((go) => setTimeout(go, 50));
  }
}"""


def the_app_is_kept(page: Page, *, kept: bool, most: int) -> None:
    """What answers with the pages themselves is on this device, or has gone from it, within so many milliseconds."""
    page.evaluate(SHELL, [kept, most])
