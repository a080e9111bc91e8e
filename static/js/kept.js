// What a browser keeps of an attempt until the server has it: one record per question, in localStorage, or in memory
// where that is switched off. The result page clears it; the review page goes back to send what was not sent.

const memory = new Map();
const place = (attempt) => `quizbank-attempt-${attempt}`;

export function keptRecords(attempt) {
  try {
    const kept = JSON.parse(localStorage.getItem(place(attempt)) ?? "[]");
    return new Map(Array.isArray(kept) ? kept : Object.entries(kept)); // an object forgets in which order they were given
  } catch {
    return memory.get(attempt) ?? new Map();
  }
}

export function keepRecords(attempt, records) {
  memory.set(attempt, records);
  try {
    if (records.size) localStorage.setItem(place(attempt), JSON.stringify([...records]));
    else localStorage.removeItem(place(attempt));
  } catch {
    // no storage in this browser: the page itself keeps them
  }
}

const submitted = document.querySelector("[data-submitted]");
if (submitted) keepRecords(submitted.dataset.submitted, new Map());

const unsent = document.querySelector("[data-unsent]");
if (unsent && keptRecords(unsent.dataset.unsent).size) location.replace(unsent.dataset.here);
