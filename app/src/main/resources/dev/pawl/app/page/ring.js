"use strict";
// The ring: the last fact of each stage, the live error of models, and the newest facts.
const STAGES = [
  ["EXPERIMENT", "1 experiment", "code pushed"],
  ["PIPELINE_CI", "2 pipeline CI", "packages"],
  ["PIPELINE_CD", "3 pipeline CD", "deployed pipelines"],
  ["TRIGGER", "4 trigger", "trained models"],
  ["MODEL_CD", "5 model CD", "prediction service"],
  ["MONITORING", "6 monitoring", "decay, new runs"],
];
const WARN = new Set(["PackageRefused", "DeploymentRefused", "ModelRejected", "PerformanceDecayed", "ExperimentRequested"]);
const GOOD = new Set(["PackageBuilt", "PipelineDeployed", "ModelDeployed"]);
const lastOfStage = new Map();
const plots = new Map();
let newest = [];
let position = 0;

async function readFacts() {
  for (;;) {
    const facts = (await api("/api/facts?limit=1000&after=" + position)).facts;
    for (const fact of facts) {
      position = fact.position;
      lastOfStage.set(fact.stage, fact);
      newest.unshift(fact);
    }
    newest = newest.slice(0, 40);
    if (facts.length < 1000) return facts.length > 0;
  }
}

function drawRing() {
  const freshest = newest.length > 0 ? newest[0].stage : "";
  document.getElementById("ring").replaceChildren(...STAGES.map(([stage, title, gives]) => {
    const item = element("li", undefined, stage === freshest ? "fresh" : "");
    item.append(element("b", title), element("small", gives));
    const last = lastOfStage.get(stage);
    item.append(element("p", last ? last.text : "nothing yet"));
    return item;
  }));
}

function drawFacts() {
  document.getElementById("facts").replaceChildren(...newest.map((fact) => {
    const run = fact.fact.run_id ?? fact.fact.into;
    const ci = fact.fact.ci_run;
    const drawn = row(fact.position, fact.at.slice(11, 19), fact.stage.toLowerCase().replace("_", " "), fact.fact.project,
      run ? link("/runs/" + encodeURIComponent(run), fact.text)
        : ci ? link("/ci/" + encodeURIComponent(ci), fact.text) : fact.text);
    drawn.className = WARN.has(fact.type) ? "warn" : GOOD.has(fact.type) ? "good" : "";
    return drawn;
  }));
}

function drawPlot(model, windows) {
  const box = document.getElementById("plots");
  const sorted = windows.filter((w) => w.value !== null && w.value !== undefined)
    .sort((a, b) => a.to.localeCompare(b.to));
  if (sorted.length === 0) return;
  const data = [
    sorted.map((w) => Date.parse(w.to) / 1000),
    sorted.map((w) => 100 * w.value),
    sorted.map((w) => (w.limit === null || w.limit === undefined ? null : 100 * w.limit)),
  ];
  if (plots.has(model)) {
    plots.get(model).setData(data);
    return;
  }
  if (plots.size === 0) box.replaceChildren();
  const place = element("div");
  box.append(element("h3", model), place);
  plots.set(model, new uPlot({
    width: Math.min(1060, document.body.clientWidth - 32),
    height: 260,
    series: [
      { label: "to" },
      { label: "error, %", stroke: "#0a7d5a", width: 2, points: { size: 4 } },
      { label: "limit, %", stroke: "#b3541e", dash: [5, 4] },
    ],
    axes: [{ stroke: "#888" }, { stroke: "#888", label: "error in percent" }],
    scales: { y: { range: (u, low, high) => [0, Math.max(high * 1.1, 1)] } },
  }, data, place));
}

async function drawModels() {
  for (const model of (await api("/api/models")).models) {
    const name = model.name ?? model.model;
    drawPlot(name, (await api("/api/models/" + encodeURIComponent(name) + "/windows")).windows);
  }
}

drawRing();
keepTurning(async (state) => {
  if (await readFacts()) {
    drawFacts();
    drawRing();
    await drawModels();
  }
  state.textContent = position + " facts in the ledger";
}, 1000);
