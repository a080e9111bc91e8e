// Saves answers and marks as they are given and says so in words. What cannot be sent is kept in this browser, survives
// a reload or a new sign-in, and is sent under the same key, so that the server counts it once. Without a network the
// other questions are shown from memory.
import { keepRecords, keptRecords } from "./kept.js";
import { fetchQuestions, itemOf, keptQuestion, showQuestion } from "./questions.js";
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
const PATIENCE = 3000; // how long a press waits for a network that does not say that it is gone
const MARKS = /^(flagged|struck|confidence)-/;
const waiting = keptRecords(attempt);
let saving = null;
let retrying = 0;
let wanted = null; // the button whose page has not opened yet
let isPlain = false;
let failedAt = -Infinity;
let trouble = 0; // the last status of what did not arrive, 0 without a network
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

function record(number, go) {
  const turn = [["page", page], ["seen", form.elements.seen.value], ["go", go], ["item", number], ["marks", number]];
  return { key: newKey(), page, fields: [...turn, ...given(number)] };
}

async function send({ key, fields }) {
  const response = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams([["csrf_token", form.elements.csrf_token.value], ...fields]),
    headers: { ...(key && { "Idempotency-Key": key }), Accept: "application/json" },
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(LONGEST),
  });
  if (response.headers.get("Content-Type")?.startsWith("application/json")) return { status: response.status, told: await response.json() };
  return { status: response.ok ? 0 : response.status, told: {} }; // a page in its place is some network's own, where one signs in
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
  goAway(status);
  return false;
}

// What was sent did not arrive: say so, and try again in a while.
function goAway(status) {
  wasAway = true;
  failedAt = Date.now();
  trouble = status;
  explain(status);
  clearTimeout(retrying);
  retrying = setTimeout(tryAgain, RETRY);
}

function tryAgain() {
  if (wanted) move(wanted);
  else saveWaiting();
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
  const why = status === 0 ? "Offline" : waiting.size ? "Not saved yet" : "The server does not answer";
  const away = `${why} – ${waiting.size ? `${count()} kept here` : "everything is saved"}${status === 0 ? "" : ", trying again"}`;
  say(wanted ? `${away}. The next page opens when the network is back.` : away);
}

// What cannot be read stays in its field, and the question says what to write instead.
function tell(number, problem) {
  const item = itemOf(number);
  if (item) {
    item.querySelector("[data-problem]").textContent = problem;
    for (const control of item.querySelectorAll("input[type=text]")) control.toggleAttribute("aria-invalid", Boolean(problem));
    if (!problem && form.contains(item)) mark(number);
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

function keep(number, go = "autosave") {
  waiting.delete(number); // the one given last is sent last
  waiting.set(number, record(number, go));
  keepRecords(attempt, waiting);
}

// Put what was kept back into the controls, so that a page loaded anew shows it before it is sent.
function fill({ fields }, number) {
  const item = itemOf(number);
  if (!item || "practice" in item.dataset) return;
  for (const control of item.querySelectorAll("input:not([type=hidden]), select, textarea")) {
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
  keep(item.dataset.item);
  if (!wasAway) say("Saving…");
  saveWaiting();
});

window.addEventListener("online", () => {
  fetchQuestions();
  failedAt = -Infinity;
  if (wasAway && !waiting.size && !wanted) say("Everything is saved");
  tryAgain();
});

// A little before the time is up, whatever is half typed is sent.
document.addEventListener("last-call", () => {
  const item = document.activeElement?.closest("[data-item]:not([data-practice])");
  if (item && document.activeElement.matches("input[type=text], textarea")) keep(item.dataset.item);
  saveWaiting();
});

// Moving on: what the page shows is sent like a form, and the server says where the button leads. Without a network a
// question that is kept is shown from memory; any other page opens when the network is back.
form.addEventListener("submit", (event) => {
  if (isPlain) return;
  event.preventDefault();
  if (!isShowing()) move(event.submitter);
});

async function move(button) {
  wanted = button;
  const isAway = Date.now() - failedAt < RETRY;
  const leaving = keptQuestion(button.value) && isAway ? false : leave(button);
  const isLeft = await Promise.race([leaving, ...(keptQuestion(button.value) ? [sleep(PATIENCE)] : [])]);
  const number = keptQuestion(button.value);
  if (!isLeft && wanted === button && number && !isShowing()) showKept(number);
}

const sleep = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));

// Return whether the button has been seen to: false when the network is away.
async function leave(button) {
  await saveWaiting();
  if (wanted !== button || isShowing()) return true;
  if (waiting.size) return false;
  let answer = null;
  while (!answer) answer = await trySending(wholePage(button)); // null: once more, with a new token
  if (wanted !== button) return true;
  if (answer.status === 200) open(answer.told.next);
  else if (answer.told.closed) refuse(null, answer.told);
  else if (answer.status === 0 || answer.status === 401 || answer.status >= 500) {
    goAway(answer.status);
    return false;
  } else {
    isPlain = true; // the page that the server gives says what is wrong
    form.requestSubmit(button);
  }
  return true;
}

function wholePage(button) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  return { fields: [...fields, ["go", button.value]] }; // without a key: what is there already is not written again
}

function open(address) {
  const there = new URL(address, location.href);
  const isHere = there.pathname + there.search === location.pathname + location.search;
  location.assign(there);
  if (isHere && there.hash) location.reload(); // another place in the same page would not load it
}

// What waits of the question that is left is sent as what a press on this button sends: the learner moved on.
function showKept(number) {
  const left = form.elements.current.value;
  if (waiting.has(left)) {
    keep(left, `item-${number}`);
    mark(left);
  }
  wanted = null;
  showQuestion(number);
  explain(trouble);
}

if (waiting.size) {
  waiting.forEach(fill);
  say(`Sending ${count()} kept here…`);
  saveWaiting();
}

// The page comes first; the questions behind it are fetched when it stands.
addEventListener("load", () => {
  setTimeout(async () => {
    if (isOld || isShowing()) return;
    await fetchQuestions();
    waiting.forEach(fill);
  }, 500);
});
