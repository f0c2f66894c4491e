/* The desk's script: everything here is also possible without it.
   It adds topics without a round trip, shows answers beside questions, and locks an idle desk. */
const form = document.getElementById("visit");
const search = document.getElementById("search");
const hits = document.getElementById("hits");
const searchStatus = document.getElementById("search-status");
const slots = [...document.querySelectorAll(".question")];
const field = (name) => form.elements.namedItem(name);
const inSlot = (slot, name) => field(`questions-${slot.dataset.slot}-${name}`);
const token = () => field("csrf_token").value;
let chosen = -1;
let asked = 0;

document.documentElement.classList.add("script");

/* --- questions ------------------------------------------------------------------------- */
const used = (slot) => inSlot(slot, "topic").value !== "";

function refresh() {
  const filled = slots.filter(used);
  for (const slot of slots) {
    slot.hidden = !used(slot);
    slot.toggleAttribute("data-empty", !used(slot));
    if (used(slot)) showOutcome(slot);
  }
  filled.forEach((slot, at) => {
    slot.querySelector("h2").firstChild.textContent = `${at + 1} · `;
  });
  const none = document.getElementById("no-question");
  if (none) none.hidden = filled.length > 0;
  const sum = document.getElementById("sum");
  if (sum) {
    const { wordQuestion, wordQuestions } = form.dataset;
    sum.textContent = filled.length ? `${filled.length} ${filled.length === 1 ? wordQuestion : wordQuestions}` : "";
  }
  for (const tile of document.querySelectorAll(".tile")) {
    tile.disabled = filled.some((slot) => inSlot(slot, "topic").value === tile.dataset.topic);
  }
}

function showOutcome(slot) {
  const outcome = inSlot(slot, "outcome").value;
  for (const part of slot.querySelectorAll(".only-if")) part.hidden = part.dataset.if !== outcome;
}

function topicLabel(slot, code) {
  const option = [...inSlot(slot, "topic").options].find((one) => one.value === code);
  return option ? option.text : code;
}

function addTopic(code) {
  const same = slots.find((slot) => inSlot(slot, "topic").value === code);
  const free = same || slots.find((slot) => !used(slot));
  if (!free) {
    searchStatus.textContent = form.dataset.wordFull;
    return;
  }
  if (!same) {
    inSlot(free, "topic").value = code;
    describe(free);
    /* Its answer makes room to bring the question up, unless somebody has gone on meanwhile. */
    loadPanel(free).then(() => { if (free.contains(document.activeElement)) show(free); });
  }
  refresh();
  free.open = true;
  const first = free.querySelector("input[type=radio]");
  first.focus({ preventScroll: true });
  show(free);
}

const show = (slot) => slot.scrollIntoView({ block: "start" });

function describe(slot) {
  const code = inSlot(slot, "topic").value;
  slot.querySelector(".question-title").textContent = topicLabel(slot, code);
  slot.querySelector(".question-code").textContent = code;
  slot.querySelector(".question-tags").textContent = "";
}

function removeQuestion(slot) {
  for (const name of ["topic", "reason", "call_back_on", "urgency", "trigger", "answer", "answer_language", "sheet"]) {
    const input = inSlot(slot, name);
    if (input) input.value = name === "trigger" ? "unknown" : "";
  }
  for (const radio of slot.querySelectorAll("input[type=radio]")) radio.checked = false;
  slot.querySelector(".panel-place").replaceChildren();
  slot.querySelector(".field-invalid")?.classList.remove("field-invalid");
  refresh();
  search.focus();
}

/* --- answers beside questions ---------------------------------------------------------- */
async function loadPanel(slot, answer = "") {
  const place = slot.querySelector(".panel-place");
  const code = inSlot(slot, "topic").value;
  const body = new URLSearchParams({
    topic: code, answer, slot: slot.dataset.slot, ...common(),
  });
  for (const input of place.querySelectorAll("input, select")) {
    if (input.value) body.set(input.name, input.value);
  }
  const html = await fetchText(form.dataset.answerUrl, { method: "POST", body });
  if (html === null || inSlot(slot, "topic").value !== code) return;
  const late = new Map([...place.querySelectorAll("input, select")].map((input) => [input.name, input.value]));
  const focused = place.contains(document.activeElement) ? document.activeElement.name : "";
  place.innerHTML = html;
  for (const input of place.querySelectorAll("input, select")) {
    if (late.get(input.name)) input.value = late.get(input.name);
  }
  if (focused) place.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
  const panel = place.querySelector(".panel");
  inSlot(slot, "answer").value = panel ? panel.dataset.answer : "";
  inSlot(slot, "answer_language").value = panel ? panel.dataset.language : "";
  if (place.querySelector(".same-day")) document.getElementById("safety")?.setAttribute("open", "");
}

async function loadSafety() {
  const place = document.querySelector("[data-safety]");
  if (!place) return;
  const body = new URLSearchParams({ answer: "safety", ...common() });
  const html = await fetchText(form.dataset.answerUrl, { method: "POST", body });
  if (html !== null) place.innerHTML = html;
}

const common = () => ({ language: field("language").value, hub: field("hub").value, csrf_token: token() });

async function fetchText(address, options = {}) {
  try {
    const response = await fetch(address, { credentials: "same-origin", redirect: "manual", ...options });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/* --- search ------------------------------------------------------------------------------ */
async function find() {
  const query = search.value.trim();
  const mine = ++asked;
  if (query.length < 2) {
    showHits([], "");
    return [];
  }
  const body = new URLSearchParams({ search: query, ...common() });
  const text = await fetchText(form.dataset.searchUrl, { method: "POST", body });
  if (mine !== asked) return null;
  const found = text ? JSON.parse(text).hits : [];
  showHits(found, found.length ? "" : form.dataset.wordNone);
  return found;
}

function showHits(found, words) {
  hits.replaceChildren(...found.map((hit, at) => {
    const row = document.createElement("li");
    row.id = `hit-${at}`;
    row.setAttribute("role", "option");
    row.dataset.kind = hit.kind;
    row.dataset.value = hit.value;
    const label = document.createElement("span");
    label.append(...marked(hit.label, search.value.trim()));
    const note = document.createElement("span");
    note.className = "code";
    note.textContent = hit.kind === "topic" ? hit.value : hit.note;
    row.append(label, note);
    return row;
  }));
  if (found.length) hits.setAttribute("role", "listbox");
  else hits.removeAttribute("role");
  search.setAttribute("aria-expanded", String(found.length > 0));
  searchStatus.textContent = words;
  choose(found.length ? 0 : -1);
}

/* The letters that were typed, where they stand in the words as they are. */
function marked(words, typed) {
  const at = words.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase());
  if (at < 0 || !typed) return [words];
  const mark = document.createElement("mark");
  mark.textContent = words.slice(at, at + typed.length);
  return [words.slice(0, at), mark, words.slice(at + typed.length)];
}

function choose(at) {
  chosen = at;
  [...hits.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
  if (at >= 0) search.setAttribute("aria-activedescendant", `hit-${at}`);
  else search.removeAttribute("aria-activedescendant");
}

function take(row) {
  if (!row) return;
  const { kind, value } = row.dataset;
  search.value = "";
  asked += 1;
  showHits([], "");
  if (kind === "topic") addTopic(value);
  else {
    setField(kind, value);
    search.focus();
  }
}

async function takeFirst() {
  /* Enter may come before the answer to the last letter: ask once more and wait. */
  const found = await find();
  if (found) take(hits.children[Math.max(chosen, 0)]);
}

let waiting = 0;
search.setAttribute("role", "combobox");
search.setAttribute("aria-controls", "hits");
search.setAttribute("aria-expanded", "false");
search.setAttribute("aria-autocomplete", "list");
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 90);
});
search.addEventListener("keydown", (event) => {
  const last = hits.children.length - 1;
  if (event.key === "Enter" && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    clearTimeout(waiting);
    if (event.isComposing || !search.value.trim()) return;
    if (hits.children.length && chosen > 0) take(hits.children[chosen]);
    else takeFirst();
  } else if (event.key === "ArrowDown" && last >= 0) {
    event.preventDefault();
    choose(chosen < last ? chosen + 1 : 0);
  } else if (event.key === "ArrowUp" && last >= 0) {
    event.preventDefault();
    choose(chosen > 0 ? chosen - 1 : last);
  } else if (event.key === "Escape" && search.value) {
    event.preventDefault();
    search.value = "";
    showHits([], "");
  }
});
hits.addEventListener("click", (event) => {
  const row = event.target.closest("[role=option]");
  if (row) take(row);
});

/* --- one tap ------------------------------------------------------------------------------ */
function setField(name, value) {
  const input = field(name);
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function showChips(name) {
  for (const chip of document.querySelectorAll(`[data-set="${name}"]`)) {
    chip.setAttribute("aria-pressed", String(chip.dataset.value === field(name).value));
  }
}

form.addEventListener("click", (event) => {
  const tile = event.target.closest(".tile");
  const chip = event.target.closest("[data-set]");
  const remove = event.target.closest("[name=remove]");
  const other = event.target.closest("[data-other]");
  if (tile) {
    event.preventDefault();
    addTopic(tile.dataset.topic);
  } else if (chip) {
    setField(chip.dataset.set, field(chip.dataset.set).value === chip.dataset.value ? { language: "und", area: "unknown" }[chip.dataset.set] : chip.dataset.value);
  } else if (remove) {
    event.preventDefault();
    removeQuestion(remove.closest(".question"));
  } else if (other) {
    event.preventDefault();
    loadPanel(other.closest(".question"), other.dataset.other);
  }
});

form.addEventListener("change", (event) => {
  const name = event.target.name || "";
  if (name === "language") {
    showChips("language");
    slots.filter(used).forEach((slot) => loadPanel(slot, inSlot(slot, "answer").value));
    loadSafety();
  } else if (name === "area") {
    showChips("area");
  } else if (name.endsWith("-outcome")) {
    showOutcome(event.target.closest(".question"));
  } else if (name.includes("-blank-")) {
    const slot = event.target.closest(".question");
    if (slot) loadPanel(slot, inSlot(slot, "answer").value);
  } else if (name.endsWith("-answer") && event.target.value) {
    loadPanel(event.target.closest(".question"), event.target.value);
  } else if (name === "opened_at" && event.target.value) {
    field("late_entry").checked = true;
  }
});

/* --- keys --------------------------------------------------------------------------------- */
const typing = (target) => target.matches("input:not([type=radio], [type=checkbox]), select, textarea");

form.addEventListener("keydown", (event) => {
  const slot = event.target.closest(".question");
  const digit = Number(event.key);
  if (slot && digit >= 1 && digit <= 6 && event.target.name?.endsWith("-outcome")) {
    event.preventDefault();
    const radio = slot.querySelectorAll(".chips-field input[type=radio]")[digit - 1];
    radio.checked = true;
    showOutcome(slot);
    if (digit === 6) inSlot(slot, "reason").focus();
    else search.focus();
  }
});
form.addEventListener("keydown", (event) => {
  /* Enter in a field never sends the form by accident, and a letter at the outcome is a search. */
  const onRadio = event.target.matches("input[type=radio], input[type=checkbox]");
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.key === "Enter" && plain && event.target !== search && event.target.matches("input, select") && event.target.form === form) {
    event.preventDefault();
    search.focus();
  } else if (onRadio && plain && event.key.length === 1 && /\p{L}/u.test(event.key)) {
    search.focus();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.altKey)) {
    event.preventDefault();
    const action = event.ctrlKey ? "print" : "finish";
    form.requestSubmit(form.querySelector(`[name=action][value=${action}]`) || form.querySelector("[name=action]"));
  } else if (event.key === "/" && !typing(event.target)) {
    event.preventDefault();
    search.focus();
  }
});

/* --- sent once ---------------------------------------------------------------------------- */
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.id === "lock") form.dataset.left = "yes";
  if (!button || button.name !== "action") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => { delete form.dataset.sent; });

/* Whoever looks at another page finds the form again: it waits, sealed, in this browser. A page
   is told that it is left only when the next one has come, which is too late for the desk itself
   (a reload, another screen language): so the form is also kept a moment after each change. */
const begun = () => slots.some(used) || form.dataset.touched;
const keepable = () => form.dataset.keepUrl && begun() && !form.dataset.sent && !form.dataset.left;
const asSent = () => new URLSearchParams(new FormData(form));
let keeping = 0;

async function keep() {
  clearTimeout(keeping);
  if (keepable()) await fetchText(form.dataset.keepUrl, { method: "POST", body: asSent() });
}

function keepSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(keep, 400);
}

addEventListener("pagehide", () => {
  if (keepable()) navigator.sendBeacon(form.dataset.keepUrl, asSent());
});
form.addEventListener("input", () => {
  form.dataset.touched = "yes";
  keepSoon();
});
form.addEventListener("change", keepSoon);
form.addEventListener("click", keepSoon);
document.querySelector("form.languages")?.addEventListener("submit", async (event) => {
  if (!keepable() || event.target.dataset.kept) return;
  event.preventDefault();
  event.target.dataset.kept = "yes";
  const { submitter } = event;
  await keep();
  event.target.requestSubmit(submitter);
});
document.getElementById("start-over")?.addEventListener("click", () => { form.dataset.left = "yes"; });

/* --- the idle lock -------------------------------------------------------------------------- */
const idle = Number(form.dataset.idleMinutes) * 60_000;
let lastActive = Date.now();
let lastAlive = Date.now();
for (const kind of ["keydown", "pointerdown", "input"]) {
  addEventListener(kind, () => { lastActive = Date.now(); }, { passive: true, capture: true });
}
function lockForm() {
  const lock = document.getElementById("lock");
  if (lock) form.requestSubmit(lock);
  else location.reload();
}
setInterval(() => {
  const now = Date.now();
  if (now - lastActive >= idle - 20_000) lockForm();
  else if (lastActive > lastAlive && now - lastAlive > 120_000) {
    lastAlive = now;
    fetchText(form.dataset.aliveUrl);
  }
}, 5_000);

/* The lock of the page's header takes the open form along. */
for (const other of document.querySelectorAll("form")) {
  if (other !== form && other.action === document.getElementById("lock")?.formAction) {
    other.addEventListener("submit", (event) => {
      event.preventDefault();
      lockForm();
    });
  }
}

refresh();
showChips("language");
showChips("area");
