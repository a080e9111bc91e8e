// Saves answers as they are given, says so in words, keeps trying while the network is away; letters and numbers choose,
// and buttons move the steps of an order.
const form = document.querySelector("[data-player]");
const state = document.querySelector("[data-save-state]");
const RETRY = 5000;
const LONGEST = 15000;
const UNREADABLE = 422;
const waiting = new Set();
let saving = null;

function fieldsOf(number) {
  const fields = new FormData();
  fields.append("csrf_token", form.elements.csrf_token.value);
  fields.append("go", "autosave");
  fields.append("item", number);
  for (const [name, value] of given(number)) fields.append(name, value);
  return fields;
}

// What the controls of a question hold: choice-3, number-3, and one match-3 or place-3 for each line.
function given(number) {
  return [...new FormData(form)].filter(([name]) => name.endsWith(`-${number}`));
}

async function send(number) {
  const response = await fetch(form.action, {
    method: "POST",
    body: fieldsOf(number),
    credentials: "same-origin",
    signal: AbortSignal.timeout(LONGEST),
  });
  if (response.status === UNREADABLE) return response.json();
  if (!response.ok || response.redirected) {
    throw new Error(String(response.status));
  }
  return response.json();
}

// What cannot be read stays in its field, and the question says what to write instead.
function tell(number, problem) {
  const item = form.querySelector(`[data-item="${number}"]`);
  item.querySelector("[data-problem]").textContent = problem;
  for (const control of item.querySelectorAll("input[type=text]")) {
    control.toggleAttribute("aria-invalid", Boolean(problem));
  }
}

// After signing in again the form's token is an old one: take the new one from the page as it would load now.
async function renewToken() {
  const page = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-player] [name=csrf_token]");
  if (!fresh || fresh.value === form.elements.csrf_token.value) return false;
  form.elements.csrf_token.value = fresh.value;
  return true;
}

function saveWaiting() {
  saving ??= saveOneByOne().finally(() => {
    saving = null;
  });
  return saving;
}

async function saveOneByOne() {
  while (waiting.size) {
    const number = waiting.values().next().value;
    waiting.delete(number);
    try {
      const { saved_at, problem } = await send(number);
      tell(number, problem ?? "");
      state.textContent = problem ? `Not saved: see question ${number}` : `Saved ${saved_at}`;
      if (!problem) mark(number);
    } catch (error) {
      waiting.add(number);
      if (error.message === "400" && (await renewToken().catch(() => false))) continue;
      explain(error);
      return;
    }
  }
}

function mark(number) {
  const button = form.querySelector(`[data-goto="${number}"]`);
  const values = given(number).map(([, value]) => value.trim());
  const filled = values.filter(Boolean).length;
  const progress = filled === 0 ? "not answered" : filled < values.length ? "partly answered" : "answered";
  button.classList.toggle("is-answered", progress === "answered");
  button.classList.toggle("is-begun", progress === "partly answered");
  button.classList.toggle("is-unseen", progress === "not answered");
  button.lastElementChild.textContent = `, ${progress}`;
}

function explain(error) {
  if (["409", "400"].includes(error.message)) {
    state.textContent = "This attempt was changed elsewhere. Reload the page to see how it stands.";
    waiting.clear();
    return;
  }
  if (error.message === "401") {
    state.textContent = "Your session has ended. Sign in again in another tab: your answers are kept here and sent then.";
    setTimeout(saveWaiting, RETRY);
    return;
  }
  const count = waiting.size === 1 ? "1 answer" : `${waiting.size} answers`;
  state.textContent = `Not saved yet – ${count} kept on this page, trying again`;
  setTimeout(saveWaiting, RETRY);
}

form.addEventListener("change", (event) => {
  const item = event.target.closest("[data-item]");
  if (!item) return;
  waiting.add(item.dataset.item);
  state.textContent = "Saving…";
  saveWaiting();
});

document.addEventListener("keydown", (event) => {
  const items = form.querySelectorAll("[data-item]");
  if (items.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
  const key = event.key.toLowerCase();
  const position = "abcdefgh".includes(key) ? "abcdefgh".indexOf(key) : "12345678".indexOf(key);
  const input = key.length === 1 && position >= 0 && items[0].querySelectorAll("input[name^='choice-']")[position];
  if (!input) return;
  event.preventDefault();
  input.checked = input.type === "radio" ? true : !input.checked;
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// Every step gets two buttons that move it; moving a step gives all of them the places where they stand.
function place(list, steps) {
  list.append(...steps);
  steps.forEach((step, at) => {
    step.querySelector("select").selectedIndex = at + 1;
  });
}

function addMoves(list) {
  const stepsOf = () => [...list.querySelectorAll(".order-step")];
  const chosen = stepsOf().map((step) => step.querySelector("select").selectedIndex);
  if (chosen.every(Boolean) && new Set(chosen).size === chosen.length) place(list, stepsOf().sort((one, other) => one.querySelector("select").selectedIndex - other.querySelector("select").selectedIndex));
  for (const step of stepsOf()) {
    const moves = document.createElement("span");
    moves.className = "order-moves";
    for (const [sign, words, by] of [["↑", "up", -1], ["↓", "down", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-secondary";
      button.textContent = sign;
      button.setAttribute("aria-label", `Move ${words}: ${step.querySelector("[data-step]").textContent}`);
      button.addEventListener("click", () => {
        const steps = stepsOf();
        const from = steps.indexOf(step);
        const to = Math.min(Math.max(from + by, 0), steps.length - 1);
        steps.splice(to, 0, ...steps.splice(from, 1));
        place(list, steps);
        button.focus();
        step.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
      });
      moves.append(button);
    }
    step.append(moves);
  }
}

form.querySelectorAll("[data-order]").forEach(addMoves);

window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});

window.addEventListener("online", saveWaiting);

// The page's own answers are the newest: whatever is still being saved must reach the server before them.
form.addEventListener("submit", async (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    state.textContent = "There is no network. Your answers are kept on this page; go on when it is back.";
    return;
  }
  waiting.clear();
  if (!saving) return;
  event.preventDefault();
  await saving;
  form.requestSubmit(event.submitter);
});
