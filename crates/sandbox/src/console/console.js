// Sends the values of the forms as JSON, and shows the sandbox's responses.
"use strict";

const said = document.getElementById("said");
const gone = document.getElementById("gone");
const forms = [...document.querySelectorAll("form.fault")];

async function ask(path, body) {
  const sent = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch("/__sandbox/" + path, sent);
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.message);
  return json;
}

// Reads a form. An empty field keeps its default.
function order(form, times) {
  const order = { fault: form.dataset.fault, times };
  if (times === "off") return order;
  const places = [...form.querySelectorAll("[name=at]")];
  if (places.length > 0) order.at = places.filter((box) => box.checked).map((box) => box.value);
  for (const field of form.querySelectorAll("[data-kind], [name=path]")) {
    const value = field.value.trim();
    if (value === "") continue;
    order[field.name] = field.dataset.kind === "number" ? Number(value) : value;
  }
  return order;
}

function words(armed) {
  const { fault: _, times, at, ...rest } = armed;
  const given = Object.entries(rest).filter(([, value]) => value !== "");
  const settings = given.map(([name, value]) => name + " " + value);
  return [times, at.join(", "), ...settings].join(" · ");
}

function item(armed) {
  const line = document.createElement("li");
  const name = document.createElement("strong");
  name.textContent = armed.fault;
  const off = document.createElement("button");
  off.type = "button";
  off.textContent = "Off";
  off.setAttribute("aria-label", "Off: " + armed.fault);
  off.addEventListener("click", () => send(armed.fault, "off", { fault: armed.fault, times: "off" }));
  const text = document.createElement("span");
  text.append(name, " " + words(armed));
  line.append(text, off);
  return line;
}

let shown = "";

function show(state) {
  // Rendered only after a change, so that a button keeps its focus.
  const text = JSON.stringify(state);
  if (text === shown) return;
  shown = text;
  document.getElementById("armed").replaceChildren(...state.armed.map(item));
  document.getElementById("none").hidden = state.armed.length > 0;
  for (const form of forms) {
    const name = form.dataset.fault;
    const { struck } = state.faults.find((row) => row.fault === name);
    const armed = state.armed.filter((one) => one.fault === name);
    const parts = armed.map((one) => "armed " + one.times);
    if (struck > 0) parts.push("struck " + (struck === 1 ? "once" : struck + " times"));
    form.querySelector(".state").textContent = parts.join(", ");
    form.classList.toggle("armed", armed.length > 0);
  }
}

async function look() {
  try {
    show(await ask("faults"));
    const counters = await ask("counters");
    for (const place of document.querySelectorAll("[data-counter]")) {
      const count = String(counters[place.dataset.counter]);
      if (place.textContent !== count) place.textContent = count;
    }
    gone.hidden = true;
  } catch {
    gone.hidden = false;
  }
}

function say(text, wrong) {
  said.textContent = text;
  said.classList.toggle("wrong", wrong);
}

async function send(fault, times, body) {
  try {
    show(await ask("faults", body));
    say(fault + ": " + times + ".", false);
  } catch (error) {
    say(fault + ": " + error.message, true);
  }
  await look();
}

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const times = event.submitter?.value ?? "once";
    send(form.dataset.fault, times, order(form, times));
  });
}

document.getElementById("reset").addEventListener("click", async () => {
  try {
    await ask("faults/reset", {});
    say("Nothing is armed, nothing has struck.", false);
  } catch (error) {
    say(error.message, true);
  }
  await look();
});

look();
setInterval(() => document.hidden || look(), 1000);
