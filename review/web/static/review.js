// Keys, kept text, active time. All that changes anything goes through the forms of the page.
"use strict";

const KEYS = {
  a: "accept", e: "edit", r: "reject", x: "not-translation", m: "merge", s: "split", w: "speaker", k: "skip",
  c: "comment", u: "undo", p: "previous", n: "next", f: "list", g: "concordance", h: "help", i: "meaning",
};
const IDLE = 30000;
const find = (selector) => document.querySelector(selector);
const unit = find("[data-unit]");
const form = find("#decide");
const text = find("#text");

// --- text that survives: each letter in this browser at once, on the server a moment later ---
const slot = (name) => `trilogue:${document.body.dataset.who}:${name}`; // others may use this browser
const keep = (name, value) => { try { localStorage.setItem(slot(name), value); } catch { /* full or forbidden: the server has it */ } };
const kept = (name) => { try { return localStorage.getItem(slot(name)); } catch { return null; } };
const forget = (name) => { try { localStorage.removeItem(slot(name)); } catch { /* as above */ } };

// A new name for each action; sent twice, it is one action. 128 random bits as hexadecimal digits.
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
for (const input of document.querySelectorAll("input[data-fresh]")) input.value = fresh();

// The text is marked once the server has it: what comes from the server later may be newer then, typed in another
// browser. Unless the server has nothing of this version of the unit: then it lost it (a power cut).
const keepText = (words, has) => keep(unit.dataset.unit, JSON.stringify({ words, has, of: text.dataset.version }));
const keptText = () => {
  const { words, has, of } = JSON.parse(kept(unit.dataset.unit) ?? "{}");
  return has && (text.dataset.saved === "typed" || of !== text.dataset.version) ? undefined : words;
};

if (unit && text) {
  const before = keptText();
  if (text.value !== text.defaultValue) {
    keepText(text.value, false); // somebody typed before this script ran
  } else if (before !== undefined && before !== text.value) {
    text.value = before;
    find("#kept").textContent = "what you typed here is back";
    document.addEventListener("DOMContentLoaded", () => setTimeout(() => text.dispatchEvent(new Event("input", { bubbles: true })), 0));
  } else if (text.dataset.saved === "typed") {
    find("#kept").textContent = "what you typed here is back";
  }
  text.addEventListener("input", () => {
    keepText(text.value, false);
    form.elements.key.value = fresh(); // another text is another decision
  });
  for (const id of ["comment", "merged"]) { // what is written in a dialog stays too
    const box = document.getElementById(id);
    const name = `${id}:${unit.dataset.unit}`;
    if (!box) continue;
    box.value = kept(name) ?? box.value;
    box.addEventListener("input", () => keep(name, box.value));
  }
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
let deciding = false;
const notDecided = () => {
  deciding = false;
  if (alone !== null) text.value = alone; // a merge that failed: this unit's text is its own again
  alone = null;
};
const EMPTY = { reason: "", speaker: "", cut_source: "", cut_text: "" };
const send = (action, fields = {}) => {
  alive();
  if (form.elements.action.value !== action) form.elements.key.value = fresh();
  form.elements.action.value = action;
  form.elements.active_ms.value = Math.round(active);
  for (const [name, value] of Object.entries({ ...EMPTY, ...fields })) form.elements[name].value = value;
  deciding = true;
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

// The words at a cut: of a long text what is near, so that it stays in sight.
const NEAR = 200;
const around = (words, at) => [
  at > NEAR ? `…${words.slice(at - NEAR, at)}` : words.slice(0, at),
  words.length - at > NEAR ? `${words.slice(at, at + NEAR)}…` : words.slice(at),
];

const slider = (id, words, index, one, two) => {
  const places = gaps(words);
  const range = find(id);
  const show = () => {
    const at = places[range.value - 1] ?? words.length;
    const [before, after] = around(words, at);
    find(one).textContent = before;
    find(two).textContent = after;
    range.setAttribute("aria-valuetext", `${before} | ${after}`);
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

// The text of both: made anew when the text changed, unless somebody wrote on it.
let joined = "";
let alone = null;
const merge = () => {
  const merged = find("#merged");
  dialog("merge", () => {
    alone = text.value;
    text.value = merged.value;
    send("merge");
  }, () => {
    if (merged.value && merged.value !== joined) return;
    joined = `${text.value.trim()} ${merged.dataset.following}`;
    merged.value = joined;
  });
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
  concordance: () => {
    const words = find("#words");
    const selected = text.matches(":focus") ? text.value.slice(text.selectionStart, text.selectionEnd) : String(getSelection());
    words.focus();
    if (!selected.trim()) return;
    words.value = selected.trim();
    words.dispatchEvent(new Event("input", { bubbles: true }));
  },
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
    text.focus();
    text.select();
    // Typed for the person, so that Ctrl+Z brings back what was there.
    if (!document.execCommand("insertText", false, use.dataset.use)) {
      text.value = use.dataset.use;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

// --- keys: Latin letters, or their place, so that they work under Cyrillic and Armenian layouts ---
const single = find("#single-keys");
if (single) {
  single.checked = kept("single-keys") !== "no";
  single.addEventListener("change", () => keep("single-keys", single.checked ? "yes" : "no"));
}
const writes = (element) => element.matches("textarea, select, input:not([type=checkbox]), [contenteditable]");

const MAC = /mac|iphone|ipad/i.test(navigator.platform); // where Option alone writes letters
const keyOf = (event) => {
  if (event.key === "?") return "help";
  if (event.shiftKey) return undefined;
  const [, digit] = /^(?:Digit|Numpad)([1-8])$/.exec(event.code) ?? [];
  if (digit) return `use-${digit}`;
  return KEYS[/^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.slice(3).toLowerCase()];
};

document.addEventListener("keydown", (event) => {
  // A key that is held down is one press: else it would decide one unit after another, unread.
  if (event.isComposing || (event.repeat && (event.ctrlKey || event.metaKey || event.altKey || !writes(event.target)))) return;
  const box = find("dialog[open]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (box) box.querySelector("form").requestSubmit(box.querySelector("button.primary"));
    else if (form) act("accept");
    return;
  }
  if (box || event.metaKey || (event.ctrlKey && !(MAC && event.altKey))) return;
  if (event.key === "Escape" && writes(event.target)) { event.target.blur(); return; }
  const held = event.altKey && (!MAC || event.ctrlKey);
  if (!held && (event.altKey || writes(event.target) || (single && !single.checked))) return;
  const name = keyOf(event);
  if (name && act(name)) event.preventDefault();
});

// --- what the server says ---
const say = (words, name = "") => {
  find("dialog[open]")?.close(); // it would hide what is said; its text stays in it
  const line = document.createElement("p");
  line.className = "warning";
  line.textContent = words;
  line.dataset.name = name;
  find("#message").replaceChildren(line);
};
const SAID = "trilogue:said";
const told = (words) => { find("#said").textContent = words; };
document.addEventListener("said", (event) => {
  try { sessionStorage.setItem(SAID, event.detail.value); } catch { /* then nothing is said */ }
});
try {
  const words = sessionStorage.getItem(SAID);
  sessionStorage.removeItem(SAID);
  if (words) setTimeout(() => told(words), 0); // after the page: else no screen reader says it
} catch { /* as above */ }

document.addEventListener("htmx:configRequest", (event) => {
  const token = find("meta[name=csrf]").content;
  if (token) event.detail.headers["X-CSRF-Token"] = token;
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt === text) {
    if (deciding) event.preventDefault(); // else it would come after the decision, as if typed since
    text.sent = text.value;
  }
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, xhr } = event.detail;
  if (xhr.status >= 300) { notDecided(); return; }
  if (elt === form && form.elements.action.value !== "speaker") {
    forget(unit.dataset.unit);
    forget(`merged:${unit.dataset.unit}`);
  }
  if (elt.matches("#comment-dialog form")) forget(`comment:${unit.dataset.unit}`);
  if (elt.matches(".conflict form")) forget(unit.dataset.unit);
  if (elt === text) {
    if (text.value === text.sent) keepText(text.value, true);
    if (find("#message [data-name=unreachable]")) find("#message").replaceChildren();
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "message") find("dialog[open]")?.close(); // its text stays in it
  const head = event.detail.target.querySelector("[data-focus]");
  if (head) head.focus();
});
document.addEventListener("htmx:sendError", () => {
  notDecided();
  say("The server does not answer. What you typed is kept in this browser: try again in a moment.", "unreachable");
});
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr; // 503 brings its own words
  if (status >= 500 && status !== 503) say(`The server failed (${event.detail.xhr.status}). What you typed is kept in this browser: try again.`);
});
document.documentElement.dataset.ready = "yes";
