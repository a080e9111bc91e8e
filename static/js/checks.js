// Checks a question while it is written: after a pause the form is sent to be checked, as its Check button does, and the
// results on the page are replaced by those that come back. Nothing is saved.

const PAUSE = 700;
const LONGEST = 20000;
const form = document.querySelector("[data-checked]");
const results = document.querySelector("[data-results]");
let timer = 0;
let asking = null;

const rowsOf = (root) => [...root.querySelectorAll(".option-edit")];

async function ask(signal) {
  const fields = new FormData(form);
  fields.set("go", "check");
  const answer = await fetch(location.href, { method: "POST", body: fields, credentials: "same-origin", redirect: "error", signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-results]");
  if (!fresh) throw new Error(String(answer.status));
  return { fresh, rows: rowsOf(page) };
}

function show({ fresh, rows }) {
  for (const part of ["[role=status]", "[data-results-list]"]) {
    results.querySelector(part).replaceChildren(...fresh.querySelector(part).childNodes);
  }
  rowsOf(form).forEach((row, place) => {
    row.querySelector(".option-origin")?.toggleAttribute("hidden", !rows[place]?.querySelector(".option-origin"));
  });
}

async function check() {
  asking?.abort();
  const mine = (asking = new AbortController());
  results.setAttribute("aria-busy", "true");
  try {
    show(await ask(AbortSignal.any([mine.signal, AbortSignal.timeout(LONGEST)])));
  } catch {
    if (mine.signal.aborted) return;
    results.querySelector("[role=status]").textContent = "The checks do not answer just now. What you wrote is still on this page.";
  }
  if (asking === mine) results.removeAttribute("aria-busy");
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});

form.addEventListener("submit", () => {
  clearTimeout(timer);
  asking?.abort();
});
