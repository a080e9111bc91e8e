// Gives every step of an order two buttons that move it; moving a step gives all of them the places where they stand.

const stepsOf = (list) => [...list.querySelectorAll(".order-step")];
const placeOf = (step) => step.querySelector("select").selectedIndex;
const MOVES = [["↑", "up", -1], ["↓", "down", 1]];

function place(list, steps) {
  list.append(...steps);
  steps.forEach((step, at) => {
    step.querySelector("select").selectedIndex = at + 1;
  });
}

function move(list, step, by) {
  const steps = stepsOf(list);
  const from = steps.indexOf(step);
  const to = Math.min(Math.max(from + by, 0), steps.length - 1);
  steps.splice(to, 0, ...steps.splice(from, 1));
  place(list, steps);
  step.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
}

export function addMoves(list) {
  if (list.querySelector(".order-moves")) return;
  const chosen = stepsOf(list).map(placeOf);
  const isWhole = chosen.every(Boolean) && new Set(chosen).size === chosen.length;
  if (isWhole) place(list, stepsOf(list).sort((one, other) => placeOf(one) - placeOf(other)));
  for (const step of stepsOf(list)) {
    const moves = document.createElement("span");
    moves.className = "order-moves";
    for (const [sign, words, by] of MOVES) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-secondary";
      button.textContent = sign;
      button.setAttribute("aria-label", `Move ${words}: ${step.querySelector("[data-step]").textContent}`);
      button.addEventListener("click", () => {
        move(list, step, by);
        button.focus();
      });
      moves.append(button);
    }
    step.append(moves);
  }
}

document.querySelectorAll("[data-player] [data-order]").forEach(addMoves);
