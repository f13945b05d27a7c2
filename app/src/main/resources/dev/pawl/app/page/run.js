"use strict";
// One run: its code, steps, metrics, parameters and data. What costs more than a look is asked only when a step stands otherwise.
const OVER = new Set(["SUCCEEDED", "FAILED", "CANCELLED"]);
const MOST_LINES = 2000;
const MOST_PATCH = 262144;
const path = "/api/runs/" + encodeURIComponent(decodeURIComponent(location.pathname.split("/")[2]));
let drawnSoFar = "";
let statesSoFar = "";
let drawnPatch = "";
let plots = [];
let turns = 0;

function place(id) {
  return document.getElementById(id);
}

function artifact(digest) {
  const made = link("/api/artifacts/" + digest, digest.slice(0, 19) + "…");
  made.title = digest;
  return made;
}

function runLink(id) {
  return link("/runs/" + encodeURIComponent(id), id);
}

function drawFacts({ run, state, source }) {
  const spec = run.spec;
  const facts = [
    row("project", link("/runs?project=" + encodeURIComponent(spec.project), spec.project)),
    row("purpose", spec.purpose.toLowerCase().replace("_", " ") + (spec.environment ? ", " + spec.environment : "")),
    row("reason", spec.reason),
    row("state", stateMark(state)),
    row("submitted", moment(run.submitted_at)),
    row("commit", source ? source.commit + (source.changes ? " with an uncommitted change" : "") : "none is known"),
    row("package", artifact(spec.package_digest)),
    row("definition", artifact(spec.definition)),
    row("as of", moment(spec.as_of)),
  ];
  if (state !== "INTERRUPTED") facts.splice(5, 0, row("took", span(run.submitted_at, run.ended_at)));
  if (spec.sample) facts.push(row("sample", spec.sample + " rows of each source"));
  if (source && source.ci_run) facts.push(row("CI run", link("/ci/" + encodeURIComponent(source.ci_run), source.ci_run)));
  if (spec.parent) facts.push(row("part of", spec.parent));
  if (spec.resumes) facts.push(row("resumes", runLink(spec.resumes)));
  if (spec.reproduces) facts.push(row("reproduces", runLink(spec.reproduces)));
  place("title").textContent = spec.project + ", " + spec.id;
  document.title = spec.project + " " + spec.id + " · Pawl";
  place("because").textContent = run.because;
  place("because").className = state === "SUCCEEDED" ? "hint" : "error";
  place("facts").replaceChildren(...facts);
}

function patchLine(line) {
  const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : line.startsWith("@@") ? "hunk" : "";
  return element("span", line + "\n", kind);
}

/** Of a patch that may be large. */
async function beginning(digest) {
  const reader = (await ask("/api/artifacts/" + digest)).body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > MOST_PATCH) {
      reader.cancel().catch(() => {});
      return text;
    }
  }
}

async function drawChange({ run, source }) {
  const digest = source && source.changes;
  if (!digest || digest === drawnPatch) return;
  place("change").hidden = false;
  place("apply").textContent = "pawl show " + run.spec.id + " --diff | git apply";
  const changed = (await api(path + "/changed")).changed;
  place("changed").replaceChildren(...changed.map((file) => row(file.file, "+" + file.added, "-" + file.removed)));
  const lines = (await beginning(digest)).split("\n");
  place("patch").replaceChildren(...lines.slice(0, MOST_LINES).map(patchLine));
  place("patch").append(link("/api/artifacts/" + digest, "all of it, as a file"));
  drawnPatch = digest;
}

function plot({ step, name, positions, values }) {
  const box = element("div");
  place("plots").append(box);
  plots.push(new uPlot({
    title: step + "." + name,
    width: Math.min(520, document.body.clientWidth - 32),
    height: 220,
    scales: { x: { time: false } },
    series: [{ label: "step" }, { label: name, stroke: "#0a7d5a", width: 2 }],
    axes: [{ stroke: "#888" }, { stroke: "#888", size: 64 }],
  }, [positions, values], box));
}

/** The points of a step that is fanned out are those of all its items: they are no curve. */
async function drawMetrics({ items }) {
  const { last, curves } = await api(path + "/metrics");
  drawPairs("metrics", last, number);
  plots.forEach((drawn) => drawn.destroy());
  plots = [];
  place("plots").replaceChildren();
  curves.filter((curve) => curve.positions.length > 1 && !items[curve.step]).forEach(plot);
}

function drawPairs(id, pairs, drawnValue) {
  const rows = Object.entries(pairs).map(([name, value]) => row(name, drawnValue(value)));
  place(id).replaceChildren(...(rows.length > 0 ? rows : [row("none")]));
}

async function drawWhatChanged(told, text) {
  if (text === drawnSoFar) return;
  drawPairs("parameters", told.parameters, (value) => JSON.stringify(value));
  drawPairs("data", told.data, artifact);
  drawSteps(path, told);
  place("graph").src = path + "/graph?turn=" + turns;
  await drawChange(told).catch((error) => { place("apply").textContent = error.message; });
  const states = told.steps.map((step) => step.state).join();
  if (states !== statesSoFar) await drawMetrics(told);
  statesSoFar = states;
  drawnSoFar = text;
}

keepTurning(async (state) => {
  const text = await (await ask(path)).text();
  const told = JSON.parse(text);
  turns++;
  state.textContent = told.state.toLowerCase();
  drawFacts(told);
  await drawWhatChanged(told, text);
  drawTimes(told);
  await readSteps();
  return !OVER.has(told.state);
}, 1000);
