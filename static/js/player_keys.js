// The keys of the player: letters and numbers choose, with Shift a letter rules out, m flags, n and p move on, ? shows
// them and switches them off. They rest while a person types in a field. Of several questions, the one with the focus.

const ON = "player-keys";
const LETTERS = "abcdefghi";
const TYPING = "textarea, select, input:not([type=radio]):not([type=checkbox])";
const form = document.querySelector("[data-player]");
const panel = document.querySelector("[data-keys]");
const opener = document.querySelector("[data-keys-open]");
const use = panel.querySelector("input");

function current() {
  const items = form.querySelectorAll("[data-item]");
  return items.length === 1 ? items[0] : document.activeElement?.closest("[data-item]");
}

function turn(input) {
  if (!input || input.disabled) return false;
  input.checked = input.type === "radio" ? true : !input.checked;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function choose(at) {
  const input = current()?.querySelectorAll("input[name^='choice-']")[at];
  if (!turn(input)) return false;
  input.focus();
  return true;
}

const press = (value) => form.querySelector(`.player-actions button[value="${value}"]:not(:disabled, [hidden])`)?.click();
const KEYS = {
  m: () => turn(current()?.querySelector("[data-flag]")),
  n: () => press("next"),
  p: () => press("previous"),
  "?": () => panel.showModal(),
};

function run(event) {
  const key = event.key.toLowerCase();
  const letter = event.code.startsWith("Key") ? LETTERS.indexOf(key) : -1;
  if (event.shiftKey && letter >= 0) return turn(current()?.querySelectorAll("input[name^='struck-']")[letter]);
  const at = letter >= 0 ? letter : "123456789".indexOf(key);
  if (key.length === 1 && at >= 0) return choose(at);
  return key in KEYS && KEYS[key]() !== false;
}

document.addEventListener("keydown", (event) => {
  if (!use.checked || panel.open || event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
  if (run(event)) event.preventDefault();
});

function remembered() {
  try {
    return localStorage.getItem(ON) !== "off";
  } catch {
    return true;
  }
}

use.checked = remembered();
use.addEventListener("change", () => {
  try {
    localStorage.setItem(ON, use.checked ? "on" : "off");
  } catch {
    // no storage: it holds for this page
  }
});
opener.hidden = false;
opener.addEventListener("click", () => panel.showModal());
panel.querySelector("[data-keys-close]").addEventListener("click", () => panel.close());
