"use strict";
// The newest runs, of all projects or of the one in the address.
const project = new URLSearchParams(location.search).get("project");
const asked = "/api/runs" + (project ? "?project=" + encodeURIComponent(project) : "");
if (project) document.getElementById("title").textContent = "Runs of " + project;

function drawn({ run, state, source }) {
  const spec = run.spec;
  const name = encodeURIComponent(spec.project);
  return row(link("/runs/" + encodeURIComponent(spec.id), spec.id), moment(run.submitted_at), stateMark(state),
    state === "INTERRUPTED" ? "" : span(run.submitted_at, run.ended_at), link("/runs?project=" + name, spec.project),
    spec.purpose.toLowerCase().replace("_", " ") + (spec.environment ? ", " + spec.environment : ""),
    codeMark(source), run.because || spec.reason);
}

keepTurning(async (state) => {
  const runs = (await api(asked)).runs;
  document.getElementById("runs").replaceChildren(...runs.map(drawn));
  state.textContent = runs.length === 1 ? "1 run" : runs.length + " runs";
}, 2000);
