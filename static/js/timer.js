// The clock of an attempt: counts down from what the server said was left, can be hidden, and says 10, 2 and 1 minutes.
// When the time is up the page goes to the attempt, which the server closes by its own clock.

const timer = document.querySelector("[data-timer]");
const HIDDEN = "quizbank-clock";
const SPOKEN = [10, 2, 1];
const LAST_CALL = 3;
const LONGEST = 10000;
const AGAIN = 3000;
const CUT = "Time is up. What was saved is submitted; the result opens when the network is back.";

function words(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(rest)} left`;
}

function isHidden() {
  try {
    return localStorage.getItem(HIDDEN) === "hidden";
  } catch {
    return timer.classList.contains("is-hidden");
  }
}

function hide(hidden) {
  timer.classList.toggle("is-hidden", hidden);
  const button = timer.querySelector("[data-timer-hide]");
  button.setAttribute("aria-pressed", String(hidden));
  try {
    localStorage.setItem(HIDDEN, hidden ? "hidden" : "shown");
  } catch {
    // no storage: it stays so on this page
  }
}

function run() {
  const left = timer.querySelector("[data-timer-left]");
  const said = timer.querySelector("[data-timer-said]");
  let end = Date.now() + 1000 * Number(timer.dataset.left);
  let deadline = Date.parse(timer.dataset.deadline);
  let before = Infinity;
  let called = false;
  let isCut = false;

  document.addEventListener("deadline", (event) => {
    end += Date.parse(event.detail) - deadline;
    deadline = Date.parse(event.detail);
  });

  function tick() {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    left.textContent = words(seconds);
    timer.classList.toggle("is-short", seconds <= 120);
    const due = SPOKEN.filter((minutes) => seconds <= 60 * minutes && before > 60 * minutes).pop();
    if (due && before !== Infinity) said.textContent = due === 1 ? "1 minute left" : `${due} minutes left`;
    before = seconds;
    if (seconds <= LAST_CALL && !called) {
      called = true;
      document.dispatchEvent(new Event("last-call"));
    }
    if (seconds === 0) {
      clearInterval(ticking);
      left.textContent = "Time is up";
      setTimeout(leave, 1000); // by then the server's clock has certainly got there
    }
  }

  // The page opens when the server can be reached; until then this one says so, rather than the browser's page of errors.
  async function leave() {
    try {
      await fetch(timer.dataset.after, { method: "HEAD", credentials: "same-origin", signal: AbortSignal.timeout(LONGEST) });
    } catch {
      isCut = true;
      left.textContent = CUT;
      said.textContent = CUT;
      setTimeout(leave, AGAIN);
      return;
    }
    if (isCut) window.dispatchEvent(new Event("online")); // first the player sends what it kept
    setTimeout(() => location.assign(timer.dataset.after), isCut ? 3000 : 0);
  }

  const button = timer.querySelector("[data-timer-hide]");
  button.hidden = false;
  button.addEventListener("click", () => hide(!timer.classList.contains("is-hidden")));
  if (isHidden()) hide(true);
  const ticking = setInterval(tick, 1000);
  tick();
}

if (timer) run();
