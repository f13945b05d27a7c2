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
    throw Object.assign(new Error(error), { isOver: answer.status === 404 });
  }
  return answer;
}

async function api(path) {
  return (await ask(path)).json();
}

/** Takes a turn again and again, while the page is seen; one that fails is told, and tried again unless there is nothing to ask. */
function keepTurning(turn, pause) {
  const state = document.getElementById("state");
  const next = async () => {
    let goesOn = true;
    try {
      if (!document.hidden) goesOn = (await turn(state)) !== false;
    } catch (error) {
      state.textContent = error instanceof TypeError ? "the server does not answer" : error.message;
      goesOn = !error.isOver;
    }
    if (goesOn) setTimeout(next, pause);
  };
  next();
}

/** Since then, or between the two; as the commands say it. */
function span(from, to) {
  const millis = Math.max(0, (to ? Date.parse(to) : Date.now()) - Date.parse(from));
  const two = (part) => String(part).padStart(2, "0");
  const seconds = Math.floor(millis / 1000);
  if (seconds < 60) return (millis / 1000).toFixed(1) + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min " + two(seconds % 60) + " s";
  return Math.floor(seconds / 3600) + " h " + two(Math.floor(seconds / 60) % 60) + " min";
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
