"use strict";
// The steps of a run: one line each, and what there is to know of a step when it is opened.
const MOST_LOG = 200000;
const steps = new Map();

function stepLine(step, items) {
  const parts = [step.state.toLowerCase()];
  const begun = step.started_at ?? items?.begun;
  if (begun && step.state !== "CACHED") parts.push(span(begun, step.ended_at));
  if (items) parts.push(items.succeeded + " of " + items.all + " items");
  else if (step.attempt > 1 && step.key_parts) parts.push("attempt " + step.attempt);
  return parts.join(", ");
}

function stepLink(run, name) {
  return link("/runs/" + encodeURIComponent(run) + "#" + encodeURIComponent(name), run);
}

function stepBox(name) {
  const box = element("details", undefined, "step");
  box.open = location.hash === "#" + encodeURIComponent(name);
  const summary = element("summary");
  const shown = { box, name: element("b", name), line: element("span"), error: element("p", "", "error"),
    why: element("p", "", "hint"), maker: element("p"), outputs: element("table"), log: element("pre", "", "log"), from: 0, attempt: 0, read: "" };
  summary.append(shown.name, " ", shown.line);
  box.append(summary, shown.error, shown.why, shown.maker, shown.outputs, shown.log);
  box.addEventListener("toggle", () => readSteps().catch((error) => { shown.log.textContent = error.message; }));
  return shown;
}

function drawSteps(run, { steps: all, items }) {
  for (const step of all) {
    if (!steps.has(step.name)) {
      steps.set(step.name, stepBox(step.name));
      place("steps").append(steps.get(step.name).box);
    }
    const shown = steps.get(step.name);
    shown.path = run + "/steps/" + encodeURIComponent(step.name);
    shown.step = step;
    shown.line.textContent = stepLine(step, items[step.name]);
    shown.line.className = "mark " + step.state;
    shown.error.textContent = step.error ?? "";
    if (step.cached_from && !shown.maker.hasChildNodes()) {
      shown.maker.append("Its outputs are those of ", stepLink(step.cached_from, step.name));
    }
  }
}

/** Of those that are open, what is new. */
async function readSteps() {
  for (const shown of steps.values()) {
    if (shown.box.open) await readStep(shown);
  }
}

async function readStep(shown) {
  const state = shown.step.state + shown.step.attempt;
  if (shown.attempt !== shown.step.attempt) {
    shown.attempt = shown.step.attempt;
    shown.from = 0;
    shown.log.textContent = "";
    shown.read = "";
  }
  if (shown.read === state) return;
  const over = await readLog(shown);
  shown.why.textContent = (await api(shown.path + "/why")).summary;
  const outputs = (await api(shown.path + "/outputs")).outputs;
  shown.outputs.replaceChildren(...outputs.map((output) => row(output.name, output.file, artifact(output.artifact))));
  if (over) shown.read = state;
}

async function readLog(shown) {
  for (;;) {
    const answer = await ask(shown.path + "/log?from=" + shown.from);
    const text = await answer.text();
    const next = Number(answer.headers.get("Pawl-Next"));
    const over = answer.headers.get("Pawl-Over") === "true";
    const cut = (shown.log.textContent + text).slice(-MOST_LOG);
    if (text) shown.log.textContent = cut;
    const more = next > shown.from && !over;
    shown.from = next;
    if (!more) return over;
  }
}
