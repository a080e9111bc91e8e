// Saves answers as they are given, says so in words, keeps trying while the network is away; letters and numbers choose.
const form = document.querySelector("[data-player]");
const state = document.querySelector("[data-save-state]");
const RETRY = 5000;
const LONGEST = 15000;
const waiting = new Set();
let saving = null;

function fieldsOf(number) {
  const fields = new FormData();
  fields.append("csrf_token", form.elements.csrf_token.value);
  fields.append("go", "autosave");
  fields.append("item", number);
  for (const input of form.querySelectorAll(`[name="choice-${number}"]:checked`)) {
    fields.append(input.name, input.value);
  }
  return fields;
}

async function send(number) {
  const response = await fetch(form.action, {
    method: "POST",
    body: fieldsOf(number),
    credentials: "same-origin",
    signal: AbortSignal.timeout(LONGEST),
  });
  if (!response.ok || response.redirected) {
    throw new Error(String(response.status));
  }
  return response.json();
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
      const { saved_at } = await send(number);
      state.textContent = `Saved ${saved_at}`;
      mark(number);
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
  const answered = form.querySelector(`[name="choice-${number}"]:checked`) !== null;
  button.classList.toggle("is-answered", answered);
  button.classList.toggle("is-unseen", !answered);
  button.lastElementChild.textContent = answered ? ", answered" : ", not answered";
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
