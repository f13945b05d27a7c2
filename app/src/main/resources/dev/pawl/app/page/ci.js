"use strict";
// The newest CI runs, of all projects or of the one in the address.
const project = new URLSearchParams(location.search).get("project");
const asked = "/api/ci?limit=200" + (project ? "&project=" + encodeURIComponent(project) : "");
if (project) document.getElementById("title").textContent = "Pipeline CI of " + project;

function drawn(run) {
  return row(link("/ci/" + encodeURIComponent(run.id), run.id), moment(run.queued_at), stateMark(run.state),
    run.started_at ? span(run.started_at, run.finished_at) : "",
    link("/ci?project=" + encodeURIComponent(run.project), run.project), run.branch, run.commit.slice(0, 7), run.refused_by);
}

keepTurning(async (state) => {
  const runs = (await api(asked)).runs;
  document.getElementById("runs").replaceChildren(...runs.map(drawn));
  state.textContent = runs.length === 1 ? "1 CI run" : runs.length + " CI runs";
}, 2000);
