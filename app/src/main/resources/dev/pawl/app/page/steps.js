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
  const shown = { box, line: element("span"), error: element("p", "", "error"), why: element("p", "", "hint"), maker: element("p"),
    items: element("table", undefined, "pairs"), outputs: element("table", undefined, "pairs"), log: element("pre", "", "log"),
    trouble: element("p", "", "error"), read: "" };
  summary.append(element("b", name), " ", shown.line);
  box.append(summary, shown.error, shown.why, shown.maker, shown.items, shown.outputs, shown.log, shown.trouble);
  box.addEventListener("toggle", readSteps);
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
    shown.fannedOut = items[step.name] !== undefined;
    shown.error.textContent = step.error ?? "";
    if (step.cached_from && !shown.maker.hasChildNodes()) {
      shown.maker.append("Its outputs are those of ", stepLink(step.cached_from, step.name));
    }
  }
}

function drawTimes({ steps: all, items }) {
  for (const step of all) {
    const line = steps.get(step.name).line;
    line.textContent = stepLine(step, items[step.name]);
    line.className = "mark " + step.state;
  }
}

/** Of those that are open, what is new; each is read by one at a time. */
async function readSteps() {
  for (const shown of steps.values()) {
    if (!shown.box.open || !shown.step) continue;
    shown.reading ??= readStep(shown).then(
      () => { shown.trouble.textContent = ""; },
      (error) => { shown.trouble.textContent = error.message; },
    ).finally(() => { shown.reading = undefined; });
    await shown.reading;
  }
}

/** Its log grows; all else is another one when its state or attempt is. */
async function readStep(shown) {
  const step = shown.step;
  const stands = step.state + step.attempt;
  if (shown.read === stands && shown.over && !shown.fannedOut) return;
  if (shown.read !== stands) {
    shown.why.textContent = (await api(shown.path + "/why")).summary;
    const outputs = (await api(shown.path + "/outputs")).outputs;
    shown.outputs.replaceChildren(...outputs.map((output) => row(output.name, output.file, artifact(output.artifact))));
  }
  if (shown.fannedOut) {
    const items = (await api(shown.path + "/items?limit=100")).items;
    shown.items.replaceChildren(...items.map((item) => row("item " + item.item, stateMark(item.state), item.error ?? "")));
  } else {
    await readLog(shown, step.attempt);
  }
  shown.read = stands;
}

async function readLog(shown, attempt) {
  if (attempt === 0) return;
  if (shown.attempt !== attempt) {
    Object.assign(shown, { attempt, from: 0, over: false, decoder: new TextDecoder() });
    shown.log.textContent = "";
  }
  while (!shown.over) {
    const answer = await fetch(shown.path + "/log?from=" + shown.from + "&attempt=" + attempt);
    if (answer.status === 404) return; // it had no process
    if (!answer.ok) throw new Error("its log cannot be read now (" + answer.status + ")");
    const text = shown.decoder.decode(await answer.arrayBuffer(), { stream: true });
    if (text) shown.log.textContent = (shown.log.textContent + text).slice(-MOST_LOG);
    const next = Number(answer.headers.get("Pawl-Next"));
    shown.over = answer.headers.get("Pawl-Over") === "true";
    const more = next > shown.from;
    shown.from = next;
    if (!more) return;
  }
}
