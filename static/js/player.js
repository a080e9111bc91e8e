// Saves answers and marks as they are given and says so in words. What cannot be sent is kept in this browser, survives
// a reload or a new sign-in, and is sent under the same key, so that the server counts it once.
import { keepRecords, keptRecords } from "./kept.js";
import { isShowing, onlyShow } from "./tabs.js";
import "./order.js";
import "./player_keys.js";
import "./timer.js";

const form = document.querySelector("[data-player]");
const state = document.querySelector("[data-save-state]");
const attempt = form.dataset.attempt;
const page = form.elements.page.value;
const RETRY = 5000;
const LONGEST = 15000;
const MARKS = /^(flagged|struck|confidence)-/;
const waiting = keptRecords(attempt);
let saving = null;
let retrying = 0;
let wanted = null;
let wasAway = waiting.size > 0;
let isOld = [...waiting.values()].some((record) => record.page !== page);

const count = () => (waiting.size === 1 ? "1 answer" : `${waiting.size} answers`);
const say = (words) => {
  if (state.textContent !== words) state.textContent = words;
  state.classList.toggle("is-failed", wasAway && waiting.size > 0);
};

// What the controls of a question hold: choice-3, number-3, and one match-3 or place-3 for each line; and its marks.
const given = (number) => [...new FormData(form)].filter(([name]) => name.endsWith(`-${number}`));

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function record(number) {
  const turn = [["page", page], ["seen", form.elements.seen.value], ["go", "autosave"], ["item", number], ["marks", number]];
  return { key: newKey(), page, fields: [...turn, ...given(number)] };
}

async function send({ key, fields }) {
  const response = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams([["csrf_token", form.elements.csrf_token.value], ...fields]),
    headers: { "Idempotency-Key": key },
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(LONGEST),
  });
  const isTold = response.headers.get("Content-Type")?.startsWith("application/json");
  return { status: response.status, told: isTold ? await response.json() : {} };
}

// A form that the server does not take (400) may come from an ended session, or hold its token: then the page as it would
// load now leads to signing in, or has the new token. Returns the status to go by; 0 to send again at once.
async function lookAgain() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-player] [name=csrf_token]");
  if (!fresh) return answer.redirected ? 401 : 400;
  if (fresh.value === form.elements.csrf_token.value) return 400;
  form.elements.csrf_token.value = fresh.value;
  return 0;
}

function saveWaiting() {
  clearTimeout(retrying);
  saving ??= saveOneByOne().finally(() => {
    saving = null;
  });
  return saving;
}

async function saveOneByOne() {
  while (waiting.size && !isShowing()) {
    const [number, kept] = waiting.entries().next().value;
    const answer = await trySending(kept);
    if (answer && !settle(number, kept, answer)) return;
  }
  if (isOld && !isShowing()) location.reload(); // what another page of this attempt had kept is there now: show it
}

async function trySending(kept) {
  try {
    const answer = await send(kept);
    if (answer.status !== 400) return answer;
    const status = await lookAgain();
    return status ? { status, told: {} } : null;
  } catch {
    return { status: 0, told: {} }; // no network
  }
}

// Take in the server's answer; return whether to go on with what still waits.
function settle(number, kept, { status, told }) {
  if (status === 200 || status === 422) {
    if (waiting.get(number) === kept) drop(number);
    if (told.deadline) document.dispatchEvent(new CustomEvent("deadline", { detail: told.deadline }));
    tell(number, told.problem ?? "");
    say(told.problem ? `Not saved: see question ${number}` : `${wasAway ? "Sent – saved" : "Saved"} ${told.saved_at}`);
    if (!waiting.size) wasAway = false;
    return true;
  }
  if (status === 409 || status === 400) {
    refuse(number, told);
    return false;
  }
  wasAway = true;
  explain(status);
  retrying = setTimeout(saveWaiting, RETRY);
  return false;
}

function drop(number) {
  waiting.delete(number);
  keepRecords(attempt, waiting);
}

function refuse(number, told) {
  if (told.closed) {
    const late = waiting.size;
    waiting.clear();
    keepRecords(attempt, waiting);
    location.assign(`${form.dataset.result}?late=${late}`);
    return;
  }
  drop(number);
  say("Not saved");
  onlyShow(told.problem ?? "The page sent something the server did not understand. Saved answers are kept.", "Reload this page", () => location.assign(form.dataset.here));
}

function explain(status) {
  if (status === 401) {
    const link = document.createElement("a");
    link.href = `${form.dataset.signIn}?next=${encodeURIComponent(form.dataset.here)}`;
    link.textContent = "Sign in again";
    state.replaceChildren("Your session has ended. ", link, `: ${count()} kept here and sent then.`);
    return;
  }
  const away = status === 0 ? `Offline – ${count()} kept here` : `Not saved yet – ${count()} kept here, trying again`;
  say(wanted ? `${away}. The next page opens when the network is back.` : away);
}

// What cannot be read stays in its field, and the question says what to write instead.
function tell(number, problem) {
  const item = form.querySelector(`[data-item="${number}"]`);
  if (item) {
    item.querySelector("[data-problem]").textContent = problem;
    for (const control of item.querySelectorAll("input[type=text]")) control.toggleAttribute("aria-invalid", Boolean(problem));
    if (!problem) mark(number);
  }
}

function mark(number) {
  const button = form.querySelector(`[data-goto="${number}"]`);
  const answers = given(number).filter(([name]) => !MARKS.test(name)).map(([, value]) => value.trim());
  const filled = answers.filter(Boolean).length;
  const progress = filled === 0 ? "not answered" : filled < answers.length ? "partly answered" : "answered";
  const isFlagged = Boolean(form.querySelector(`[name="flagged-${number}"]`)?.checked);
  button.classList.toggle("is-answered", progress === "answered");
  button.classList.toggle("is-begun", progress === "partly answered");
  button.classList.toggle("is-unseen", progress === "not answered");
  button.classList.toggle("is-flagged", isFlagged);
  button.lastElementChild.textContent = `, ${progress}${isFlagged ? ", flagged" : ""}`;
}

function keep(item) {
  waiting.set(item.dataset.item, record(item.dataset.item));
  keepRecords(attempt, waiting);
}

// Put what was kept back into the controls, so that a page loaded anew shows it before it is sent.
function fill({ fields }, number) {
  const item = form.querySelector(`[data-item="${number}"]:not([data-practice])`);
  for (const control of item?.querySelectorAll("input:not([type=hidden]), select, textarea") ?? []) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.type === "text") control.value = values[0] ?? "";
    else control.value = values.find((value) => [...control.options].some((option) => option.value === value && value)) ?? "";
  }
}

form.addEventListener("change", (event) => {
  const item = event.target.closest("[data-item]:not([data-practice])");
  if (!item) return;
  if (event.target.name.startsWith("choice-") && event.target.checked) {
    const struck = event.target.closest(".option-row")?.querySelector(".strike input");
    if (struck) struck.checked = false;
  }
  keep(item);
  if (!wasAway) say("Saving…");
  saveWaiting();
});

window.addEventListener("online", saveWaiting);

// A little before the time is up, whatever is half typed is sent.
document.addEventListener("last-call", () => {
  const item = document.activeElement?.closest("[data-item]:not([data-practice])");
  if (item && document.activeElement.matches("input[type=text], textarea")) keep(item);
  saveWaiting();
});

// Moving on waits until everything given is with the server; without a network it waits for that.
form.addEventListener("submit", async (event) => {
  if (isShowing()) event.preventDefault();
  if (navigator.onLine && !waiting.size && !saving) return;
  event.preventDefault();
  wanted = event.submitter;
  if (!waiting.size && !saving) {
    say("Offline. Everything is saved; the next page opens when the network is back.");
    await new Promise((wake) => window.addEventListener("online", wake, { once: true }));
  }
  await saveWaiting();
  go();
});

function go() {
  if (!wanted || isShowing()) return;
  if (waiting.size) {
    setTimeout(go, 250);
    return;
  }
  const button = wanted;
  wanted = null;
  form.requestSubmit(button);
}

if (waiting.size) {
  waiting.forEach(fill);
  say(`Sending ${count()} kept here…`);
  saveWaiting();
}
