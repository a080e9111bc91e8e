// Reviewing by keys: j and k go from card to card, a approves, e edits or finishes, r goes to the reason for rejecting,
// ? shows them and switches them off. The document follows the card. After a verdict the next open card is at hand.

const ON = "workshop-keys";
const NEXT = "workshop-next";
const TYPING = "textarea, select, input:not([type=radio]):not([type=checkbox])";
const cards = [...document.querySelectorAll("[data-card]")];
const panel = document.querySelector("[data-keys]");
const opener = document.querySelector("[data-keys-open]");
const use = panel.querySelector("input");
let current = null;

const act = (card, key) => card?.querySelector(`[data-key="${key}"]`);
const isOpen = (card) => act(card, "r") !== null;

function go(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

function step(by) {
  const place = cards.indexOf(current);
  go(cards[place < 0 ? 0 : Math.min(Math.max(place + by, 0), cards.length - 1)]);
}

// Show the words that a card cites, where the document has a pane of its own that scrolls.
function follow(card) {
  const cited = document.getElementById(card.querySelector("[data-source]")?.hash.slice(1));
  for (const mark of document.querySelectorAll("mark.is-current")) mark.classList.remove("is-current");
  if (!cited) return;
  cited.classList.add("is-current");
  const pane = cited.closest("section");
  if (getComputedStyle(pane).overflowY !== "auto") return;
  const from = pane.getBoundingClientRect().top;
  pane.scrollTop += cited.getBoundingClientRect().top - from - pane.clientHeight / 3;
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => act(current, "a")?.click(),
  e: () => act(current, "e")?.click(),
  r: () => act(current, "r")?.focus(),
  "?": () => panel.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (!use.checked || panel.open || event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
  const run = KEYS[event.key];
  if (!run) return;
  event.preventDefault();
  run();
});

for (const card of cards) {
  card.addEventListener("focusin", () => {
    current = card;
    follow(card);
  });
  card.addEventListener("submit", (event) => {
    if (!event.target.querySelector("[data-key]")) return;
    const after = cards.slice(cards.indexOf(card) + 1).find(isOpen) ?? cards.find((one) => one !== card && isOpen(one));
    sessionStorage.setItem(NEXT, after?.id ?? "");
  });
}

window.addEventListener("hashchange", () => go(cards.find((card) => `#${card.id}` === location.hash)));

use.checked = localStorage.getItem(ON) !== "off";
use.addEventListener("change", () => localStorage.setItem(ON, use.checked ? "on" : "off"));
opener.hidden = false;
opener.addEventListener("click", () => panel.showModal());

// The browser goes to the address's own card while it loads; a card that is decided leads on to the next after that.
const next = sessionStorage.getItem(NEXT);
sessionStorage.removeItem(NEXT);
window.addEventListener("load", () => {
  const wanted = next ?? location.hash.slice(1);
  setTimeout(() => go(cards.find((card) => card.id === wanted)));
});
