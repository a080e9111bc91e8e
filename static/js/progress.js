// Keeps the progress of background work current: every [data-job-url] is asked for its state with growing pauses,
// and the page is loaded anew when the work has ended, since the page knows what comes next. A page gives the address
// only while the work has not ended.

const ENDED = ["done", "failed", "cancelled"];
const SHORTEST = 500;
const LONGEST = 5000;

function show(work, job) {
  const bar = work.querySelector("progress");
  if (job.total) {
    bar.max = job.total;
    bar.value = job.done;
  } else {
    bar.removeAttribute("value");
  }
  const words = work.querySelector("[role=status]");
  if (words.textContent !== job.words) words.textContent = job.words;
}

async function ask(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (answer.type === "opaqueredirect") location.reload(); // signed out meanwhile: the page leads to signing in
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

async function follow(work) {
  let pause = SHORTEST;
  let before = "";
  for (;;) {
    await new Promise((wake) => setTimeout(wake, pause));
    try {
      const job = await ask(work.dataset.jobUrl);
      if (ENDED.includes(job.state)) return;
      show(work, job);
      pause = job.words === before ? Math.min(pause * 1.5, LONGEST) : SHORTEST;
      before = job.words;
    } catch {
      pause = Math.min(pause * 2, LONGEST);
    }
  }
}

const works = [...document.querySelectorAll("[data-job-url]")];
if (works.length) Promise.race(works.map(follow)).then(() => location.reload());
