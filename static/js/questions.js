// The questions of an attempt, fetched while there is a network so that the player can go on without one: another question
// takes the place of the one that is shown, in the same page, with its own entry in the browser's history.
import { addMoves } from "./order.js";

const form = document.querySelector("[data-player]");
const questions = new Map(); // by number, the one that is shown among them
const BY = { next: 1, previous: -1 };

const current = () => form.elements.current.value;

// The item with a number, whether it is shown or only kept.
export const itemOf = (number) => form.querySelector(`[data-item="${number}"]`) ?? questions.get(String(number))?.querySelector("[data-item]");

// The number of the kept question that a button leads to, null when it leads elsewhere.
export function keptQuestion(go) {
  const number = go.startsWith("item-") ? go.slice("item-".length) : String(Number(current()) + (BY[go] ?? NaN));
  return questions.has(number) ? number : null;
}

export async function fetchQuestions() {
  if (!form.dataset.questions || questions.size) return;
  try {
    const answer = await fetch(form.dataset.questions, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const one of page.querySelectorAll("[data-question]")) questions.set(one.dataset.question, document.adoptNode(one));
    questions.set(current(), form.querySelector("[data-question]")); // what is shown may have changed meanwhile
  } catch {
    // no network already: the next page waits for it
  }
}

export function showQuestion(number) {
  history.replaceState({ question: current() }, "");
  history.pushState({ question: number }, "", `${form.dataset.here}?item=${number}`);
  putInPlace(number);
}

function putInPlace(number) {
  const question = questions.get(number);
  form.querySelector("[data-question]").replaceWith(question);
  question.querySelectorAll("[data-order]").forEach(addMoves);
  form.elements.current.value = number;
  document.title = document.title.replace(/\d+/, number);
  document.querySelector("[data-number]").textContent = number;
  const [isFirst, isLast] = [number === "1", Number(number) === questions.size];
  form.querySelector("button[value=previous]").hidden = isFirst;
  form.querySelector(".player-actions button[value=next]").hidden = isLast;
  form.querySelector("[data-enter]").value = isLast ? "review" : "next";
  for (const button of form.querySelectorAll("[data-goto]")) {
    const isCurrent = button.dataset.goto === number;
    button.classList.toggle("is-current", isCurrent);
    if (isCurrent) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
  // The focus goes to the question, so that it is read out, and that the keyboard goes on from there, and the
  // window to its top, as on a page that is loaded.
  const card = question.querySelector(".item-card");
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

window.addEventListener("popstate", (event) => {
  if (questions.has(event.state?.question)) putInPlace(event.state.question);
});
