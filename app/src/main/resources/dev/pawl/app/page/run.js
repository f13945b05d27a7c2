"use strict";
// One run: its code, steps, metrics, parameters and data, until it is over.
const OVER = new Set(["SUCCEEDED", "FAILED", "CANCELLED", "INTERRUPTED"]);
const MOST_LINES = 2000;
const path = "/api/runs/" + encodeURIComponent(decodeURIComponent(location.pathname.split("/")[2]));
let drawnSoFar = "";
let drawnPatch = "";

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

async function drawChange({ run, source, changed }) {
  const digest = source && source.changes;
  if (!digest || digest === drawnPatch) return;
  const lines = (await (await ask("/api/artifacts/" + digest)).text()).split("\n");
  drawnPatch = digest;
  place("apply").textContent = "pawl show " + run.spec.id + " --diff | git apply";
  place("changed").replaceChildren(...changed.map((file) => row(file.file, "+" + file.added, "-" + file.removed)));
  place("patch").replaceChildren(...lines.slice(0, MOST_LINES).map(patchLine));
  if (lines.length > MOST_LINES) place("patch").append(link("/api/artifacts/" + digest, "… all of it"));
  place("change").hidden = false;
}

function curves(metrics) {
  const all = new Map();
  for (const point of metrics) {
    const name = point.step + "." + point.name;
    if (!all.has(name)) all.set(name, new Map());
    all.get(name).set(point.position, point.value); // of several at one position the last one counts
  }
  for (const [name, curve] of all) all.set(name, [...curve].sort((a, b) => a[0] - b[0]));
  return all;
}

function drawMetrics({ metrics }) {
  const all = curves(metrics);
  place("metrics").replaceChildren(...[...all].map(([name, curve]) => row(name, number(curve.at(-1)[1]))));
  place("plots").replaceChildren();
  for (const [name, curve] of all) {
    if (curve.length < 2) continue;
    const box = element("div");
    place("plots").append(box);
    new uPlot({
      title: name,
      width: Math.min(520, document.body.clientWidth - 32),
      height: 220,
      scales: { x: { time: false } },
      series: [{ label: "position" }, { label: name, stroke: "#0a7d5a", width: 2 }],
      axes: [{ stroke: "#888" }, { stroke: "#888", size: 64 }],
    }, [curve.map((point) => point[0]), curve.map((point) => point[1])], box);
  }
}

function drawPairs(id, pairs, drawnValue) {
  const rows = Object.entries(pairs).map(([name, value]) => row(name, drawnValue(value)));
  place(id).replaceChildren(...(rows.length > 0 ? rows : [row("none")]));
}

keepTurning(async (state) => {
  const answer = await ask(path);
  const text = await answer.text();
  const told = JSON.parse(text);
  if (text !== drawnSoFar) {
    drawFacts(told);
    drawMetrics(told);
    drawPairs("parameters", told.parameters, (value) => JSON.stringify(value));
    drawPairs("data", told.data, artifact);
    place("graph").src = path + "/graph?steps=" + told.steps.map((step) => step.state).join();
    await drawChange(told);
    drawnSoFar = text;
  }
  drawSteps(path, told);
  await readSteps();
  state.textContent = told.state.toLowerCase();
  return !OVER.has(told.state);
}, 1000);
