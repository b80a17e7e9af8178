// Keys, kept text, active time. All that changes anything goes through the forms of the page.
"use strict";

const KEYS = {
  KeyA: "accept", KeyE: "edit", KeyR: "reject", KeyX: "not-translation", KeyM: "merge", KeyS: "split",
  KeyW: "speaker", KeyK: "skip", KeyC: "comment", KeyU: "undo", KeyP: "previous", KeyN: "next",
  KeyF: "list", KeyG: "concordance", KeyH: "help", KeyI: "meaning",
};
const IDLE = 30000;
const find = (selector) => document.querySelector(selector);
const unit = find("[data-unit]");
const form = find("#decide");
const text = find("#text");

// --- text that survives: each letter in this browser at once, on the server a moment later ---
const slot = (id) => `trilogue:typed:${id}`;
const keep = (id, value) => { try { localStorage.setItem(slot(id), value); } catch { /* full or forbidden: the server has it */ } };
const kept = (id) => { try { return localStorage.getItem(slot(id)); } catch { return null; } };
const forget = (id) => { try { localStorage.removeItem(slot(id)); } catch { /* as above */ } };

// A new name for each action; sent twice, it is one action. 128 random bits as hexadecimal digits.
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
for (const input of document.querySelectorAll("input[data-fresh]")) input.value = fresh();

if (unit && text) {
  const before = kept(unit.dataset.unit);
  if (text.value !== text.defaultValue) {
    keep(unit.dataset.unit, text.value); // somebody typed before this script ran
  } else if (before !== null && before !== text.value) {
    text.value = before;
    find("#kept").textContent = "what you typed here is back";
    document.addEventListener("DOMContentLoaded", () => setTimeout(() => text.dispatchEvent(new Event("input", { bubbles: true })), 0));
  } else if (text.dataset.saved === "typed") {
    find("#kept").textContent = "what you typed here is back";
  }
  text.addEventListener("input", () => {
    keep(unit.dataset.unit, text.value);
    form.elements.key.value = fresh(); // another text is another decision
  });
}

// --- time at work: from one sign of life to the next, unless it is too long ---
let active = 0;
let last = performance.now(); // no clock that somebody may set
const alive = () => {
  const now = performance.now();
  if (now - last < IDLE) active += now - last;
  last = now;
};
for (const name of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "focus"]) {
  window.addEventListener(name, alive, { passive: true, capture: true });
}

// --- word links: a word that is pointed at, or that the cursor is in, shows its counterparts ---
const light = (word) => {
  for (const one of document.querySelectorAll(".linked")) one.classList.remove("linked");
  for (const number of word ? word.dataset.links.split(" ") : []) {
    for (const one of document.querySelectorAll(`[data-links~="${number}"]`)) one.classList.add("linked");
  }
};
document.addEventListener("pointerover", (event) => light(event.target.closest("[data-links]")));
document.addEventListener("selectionchange", () => {
  if (!text || document.activeElement !== text) return;
  const at = text.selectionStart;
  const word = /[\p{L}\p{N}]*$/u.exec(text.value.slice(0, at))[0] + /^[\p{L}\p{N}]*/u.exec(text.value.slice(at))[0];
  light(Array.from(document.querySelectorAll("#draft [data-links]")).find((one) => one.textContent === word));
});

// --- deciding ---
const send = (action, fields = {}) => {
  alive();
  form.elements.action.value = action;
  form.elements.active_ms.value = Math.round(active);
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  form.requestSubmit();
};

// Dialogs give back "yes" or "": what is to happen then.
const dialog = (name, done, open = () => {}) => {
  const box = find(`#${name}-dialog`);
  box.returnValue = "";
  box.onclose = () => { if (box.returnValue === "yes") done(); };
  open();
  box.showModal();
};

// Places between words, as indices into the text.
const gaps = (words) => Array.from(words.matchAll(/\s+/gu), (m) => m.index + m[0].length).filter((i) => i > 0 && i < words.length);
const points = (words, index) => Array.from(words.slice(0, index)).length; // code points, as the server counts
const nearest = (places, index) => places.reduce((best, place, i) => (Math.abs(place - index) < Math.abs(places[best] - index) ? i : best), 0);

const slider = (id, words, index, one, two) => {
  const places = gaps(words);
  const range = find(id);
  const show = () => {
    const at = places[range.value - 1] ?? words.length;
    find(one).textContent = words.slice(0, at);
    find(two).textContent = words.slice(at);
    range.setAttribute("aria-valuetext", `${words.slice(0, at)} | ${words.slice(at)}`);
  };
  range.max = Math.max(1, places.length);
  range.value = places.length ? nearest(places, index) + 1 : 1;
  range.oninput = show;
  show();
  return () => places[range.value - 1];
};

const split = () => {
  const source = unit.dataset.source;
  const caret = text.selectionStart > 0 && text.selectionStart < text.value.length ? text.selectionStart : text.value.length / 2;
  const trimmed = text.value.trim();
  let cutSource;
  let cutText;
  dialog("split", () => {
    if (cutSource() === undefined || cutText() === undefined) { say("A text of one word cannot be split."); return; }
    send("split", { cut_source: points(source, cutSource()), cut_text: points(trimmed, cutText()) });
  }, () => {
    cutText = slider("#cut-text", trimmed, caret, "#text-one", "#text-two");
    cutSource = slider("#cut-source", source, (caret / Math.max(1, trimmed.length)) * source.length, "#source-one", "#source-two");
  });
};

const merge = () => {
  const merged = find("#merged");
  dialog("merge", () => {
    const alone = text.value;
    text.value = merged.value;
    keep(unit.dataset.unit, alone);
    send("merge");
  }, () => { if (!merged.value) merged.value = `${text.value.trim()} ${merged.dataset.following}`; });
};

const ACTIONS = {
  accept: () => send("accept"),
  edit: () => { text.focus(); },
  reject: () => dialog("reject", () => send("reject", { reason: find("#reason").value })),
  "not-translation": () => send("not-translation"),
  merge,
  split,
  speaker: () => dialog("speaker", () => send("speaker", { speaker: find("#speaker").value })),
  comment: () => find("#comment-dialog").showModal(),
  concordance: () => find("#words").focus(),
  help: () => find("#help-dialog").showModal(),
};

const act = (name) => {
  const button = find(`[data-key="${name}"]`);
  if (!button || button.disabled) return false;
  if (ACTIONS[name] && unit) ACTIONS[name]();
  else if (button.form && button.tagName === "BUTTON") button.form.requestSubmit();
  else button.click();
  return true;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-key]");
  if (button && ACTIONS[button.dataset.key] && unit) {
    event.preventDefault();
    ACTIONS[button.dataset.key]();
  }
  const use = event.target.closest("button[data-use]");
  if (use) {
    text.value = use.dataset.use;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

// --- keys: by their place, so that they work under Cyrillic and Armenian layouts ---
const single = find("#single-keys");
if (single) {
  single.checked = kept("single-keys") !== "no";
  single.addEventListener("change", () => keep("single-keys", single.checked ? "yes" : "no"));
}
const writes = (element) => element.matches("textarea, select, input:not([type=checkbox]), [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const box = find("dialog[open]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (box) box.querySelector("form").requestSubmit(box.querySelector("button.primary"));
    else if (form) ACTIONS.accept();
    return;
  }
  if (box || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && writes(event.target)) { event.target.blur(); return; }
  const free = event.altKey || (!writes(event.target) && (!single || single.checked));
  if (!free) return;
  const name = event.key === "?" ? "help" : event.shiftKey ? undefined : KEYS[event.code];
  if (name && act(name)) event.preventDefault();
});

// --- what the server says ---
const say = (words) => {
  const line = document.createElement("p");
  line.className = "warning";
  line.textContent = words;
  find("#message").replaceChildren(line);
};

document.addEventListener("htmx:configRequest", (event) => {
  const token = find("meta[name=csrf]").content;
  if (token) event.detail.headers["X-CSRF-Token"] = token;
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const done = event.detail.elt.closest("[data-decides]");
  if (done && event.detail.xhr.status < 300) forget(done.dataset.decides);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const head = event.detail.target.querySelector("[data-focus]");
  if (head) head.focus();
});
document.addEventListener("htmx:sendError", () => say("The server does not answer. What you typed is kept in this browser: try again in a moment."));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr; // 503 brings its own words
  if (status >= 500 && status !== 503) say(`The server failed (${event.detail.xhr.status}). What you typed is kept in this browser: try again.`);
});
document.documentElement.dataset.ready = "yes";
