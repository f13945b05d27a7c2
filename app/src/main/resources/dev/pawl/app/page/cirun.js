"use strict";
// One CI run: its checks as they begin and end, each with what it found. Logs are read when somebody opens them.
const OVER = new Set(["PASSED", "FAILED", "SUPERSEDED", "CANCELLED"]);
const MOST_LINES = 2000;
const MOST_TESTS = 500;
const id = decodeURIComponent(location.pathname.split("/")[2]);
const path = "/api/ci/" + encodeURIComponent(id);
const shown = new Map();

function place(name) {
  return document.getElementById(name);
}

function linkOfRun(run) {
  return link("/runs/" + encodeURIComponent(run), run);
}

function drawFacts(run) {
  const facts = [
    row("project", link("/ci?project=" + encodeURIComponent(run.project), run.project)),
    row("branch", run.branch),
    row("commit", run.commit),
    row("state", stateMark(run.state)),
    row("queued", moment(run.queued_at)),
  ];
  if (run.started_at) facts.push(row("took", span(run.started_at, run.finished_at)));
  if (run.run) facts.push(row("integration run", linkOfRun(run.run)));
  if (run.package_digest) facts.push(row("package", run.package_digest));
  if (run.scope.rerun_of) facts.push(row("again of", link("/ci/" + encodeURIComponent(run.scope.rerun_of), run.scope.rerun_of)));
  place("title").textContent = run.project + ", " + run.id;
  document.title = run.project + " " + run.id + " · Pawl";
  place("because").textContent = run.because ?? "";
  place("facts").replaceChildren(...facts);
}

function testRows(tests) {
  const bad = (test) => test.outcome === "FAILED" || test.outcome === "ERROR";
  return tests.slice(0, MOST_TESTS).map((test) => row((test.suite ? test.suite + "." : "") + test.name,
    stateMark(bad(test) ? "FAILED" : test.outcome), test.change ? test.change.toLowerCase().replace("_", " ") : "",
    test.seconds.toFixed(2) + " s", [test.message, test.output].filter((text) => text).join("\n")));
}

/** The bad tests come first in the report. */
function drawTests(box, evidence) {
  if (!Array.isArray(evidence.tests) || evidence.tests.length === 0) return;
  const details = element("details");
  const table = element("table");
  table.className = "tests";
  table.append(...testRows(evidence.tests));
  details.append(element("summary", evidence.tests.length + " tests"), table);
  box.append(details);
}

/** As a picture, in which no script runs. */
async function drawPicture(box, name, digest, type) {
  const bytes = await (await ask("/api/artifacts/" + encodeURIComponent(digest))).arrayBuffer();
  const picture = element("img");
  picture.alt = name;
  picture.src = URL.createObjectURL(new Blob([bytes], { type }));
  box.append(picture);
}

/** What one of the project's own checks has written. */
function drawFiles(box, files) {
  for (const [name, digest] of Object.entries(files)) {
    const type = { svg: "image/svg+xml", png: "image/png" }[name.split(".").pop()];
    const file = link("/api/artifacts/" + encodeURIComponent(digest), name);
    file.download = name.split("/").pop();
    const line = element("p");
    line.append(file);
    box.append(line);
    if (type) drawPicture(line, name, digest, type).catch(() => {});
  }
}

function drawEvidence(box, evidence) {
  const { tests, counts, ...rest } = evidence;
  if (Object.keys(rest).length === 0) return;
  const details = element("details");
  details.append(element("summary", "evidence"), element("pre", JSON.stringify(rest, null, 2)));
  box.append(details);
}

function drawLog(box, check) {
  const details = element("details");
  const text = element("pre");
  details.append(element("summary", "log"), text);
  const read = { bytes: 0, over: false, reading: false, lines: "" };
  details.more = async () => {
    if (!details.open || read.over || read.reading) return;
    read.reading = true;
    try {
      const answer = await ask(path + "/log/" + encodeURIComponent(check.name) + "?from=" + read.bytes);
      const bytes = await answer.arrayBuffer();
      read.bytes += bytes.byteLength;
      read.over = answer.headers.get("Pawl-Over") === "true";
      read.lines = (read.lines + new TextDecoder().decode(bytes)).split("\n").slice(-MOST_LINES).join("\n");
      text.textContent = read.lines;
    } finally {
      read.reading = false;
    }
  };
  details.addEventListener("toggle", () => details.more().catch((error) => { text.textContent = error.message; }));
  box.append(details);
  return details;
}

/** What a check found is drawn once, when it is over; the open log of one under way stays as it is. */
function drawCheck(check, line) {
  let drawn = shown.get(check.name);
  if (!drawn) {
    const box = element("div", undefined, "step");
    drawn = { box, head: element("p"), summary: element("pre"), found: element("div") };
    box.append(drawn.head, drawn.summary, drawn.found);
    drawn.log = drawLog(box, check);
    place("checks").append(box);
    shown.set(check.name, drawn);
  }
  drawn.head.replaceChildren(element("b", check.name), " ", stateMark(check.state), " " + span(check.started_at, check.finished_at));
  drawn.summary.textContent = check.state === "RUNNING" ? line ?? "" : check.summary;
  drawn.log.hidden = check.state !== "RUNNING" && !check.log;
  if (check.state !== "RUNNING" && drawn.state !== check.state) {
    drawn.found.replaceChildren();
    drawTests(drawn.found, check.evidence);
    drawEvidence(drawn.found, check.evidence);
    if (check.name.startsWith("own.")) drawFiles(drawn.found, check.evidence.files ?? {});
    else if (check.evidence.plot) drawPicture(drawn.found, "curves of the loss", check.evidence.plot, "image/svg+xml").catch(() => {});
  }
  drawn.state = check.state;
}

for (const format of ["md", "html", "json"]) {
  place(format === "md" ? "markdown" : format).href = path + "/report." + format;
}

keepTurning(async (state) => {
  const told = await api(path);
  state.textContent = told.run.state.toLowerCase();
  drawFacts(told.run);
  for (const check of told.checks) drawCheck(check, told.lines[check.name]);
  for (const drawn of shown.values()) await drawn.log.more().catch(() => {});
  return !OVER.has(told.run.state);
}, 1000);
