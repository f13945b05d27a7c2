"use strict";
// What all pages share. They ask the REST API that everybody can use, and show what it says as text, never as markup.

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function link(address, text) {
  const made = element("a", text);
  made.href = address;
  return made;
}

function row(...cells) {
  const made = element("tr");
  for (const cell of cells) {
    if (cell instanceof Node) {
      const place = element("td");
      place.append(cell);
      made.append(place);
    } else {
      made.append(element("td", cell));
    }
  }
  return made;
}

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    const error = await answer.json().then((body) => body.error.message, () => path + " answered " + answer.status);
    throw new Error(error);
  }
  return answer;
}

async function api(path) {
  return (await ask(path)).json();
}

/** Takes a turn again and again; one that fails is told, and tried again. */
function keepTurning(turn, pause) {
  const state = document.getElementById("state");
  const next = async () => {
    let goesOn = true;
    try {
      goesOn = (await turn(state)) !== false;
    } catch (error) {
      state.textContent = error instanceof TypeError ? "the server does not answer" : error.message;
    }
    if (goesOn) setTimeout(next, pause);
  };
  next();
}

/** Since then, or between the two; as the commands say it. */
function span(from, to) {
  const seconds = ((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000;
  if (seconds < 10) return Math.max(seconds, 0).toFixed(seconds < 1 ? 3 : 1) + " s";
  if (seconds < 120) return Math.round(seconds) + " s";
  if (seconds < 7200) return Math.floor(seconds / 60) + " min " + Math.round(seconds % 60) + " s";
  return Math.floor(seconds / 3600) + " h " + Math.round((seconds % 3600) / 60) + " min";
}

function moment(text) {
  return text ? text.slice(0, 19).replace("T", " ") : "";
}

function number(value) {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function stateMark(state) {
  return element("span", state.toLowerCase(), "mark " + state);
}

/** The commit's first digits, with a + if something was not committed. */
function codeMark(source) {
  return source ? source.commit.slice(0, 7) + (source.changes ? "+" : "") : "";
}
