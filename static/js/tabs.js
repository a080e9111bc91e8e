// One tab answers, others only show: whoever holds the attempt's lock may change answers. A tab that was closed hands the
// lock on. Browsers without locks leave it to the server, which refuses what an old page sends.

const PATIENCE = 400;
const TAKE = "quizbank-take-over";
const form = document.querySelector("[data-player]");
const notice = document.querySelector("[data-reading]");

export function onlyShow(words, button, press) {
  for (const control of form.elements) control.disabled = true;
  notice.querySelector("[data-reading-words]").textContent = words;
  const go = notice.querySelector("[data-reading-go]");
  go.textContent = button;
  go.onclick = press;
  notice.hidden = false;
}

function takeOver() {
  sessionStorage.setItem(TAKE, form.dataset.attempt);
  location.reload();
}

export const isShowing = () => !notice.hidden;

function show() {
  onlyShow("You are answering in another tab. Go on there; or answer here, and the other tab will only show.", "Answer here instead", takeOver);
}

async function hold(options) {
  let mine = false;
  const got = () => {
    if (isShowing()) location.reload(); // the tab that answered was closed: show what it saved
    mine = true;
    return new Promise((release) => window.addEventListener("pagehide", release, { once: true }));
  };
  setTimeout(() => mine || show(), PATIENCE);
  try {
    await navigator.locks.request(`quizbank-attempt-${form.dataset.attempt}`, options, got);
  } catch {
    show(); // another tab took over
    hold({});
  }
}

// A page that comes back from the browser's memory has given up its turn, and may be old.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (navigator.locks) {
  const take = sessionStorage.getItem(TAKE) === form.dataset.attempt;
  sessionStorage.removeItem(TAKE);
  hold(take ? { steal: true } : {});
}
