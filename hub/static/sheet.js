/* Reads a sheet aloud with a voice that this device itself has for its language. A voice of a
   distant service is not used: what somebody reads here is nobody else's business. */
const synthesis = window.speechSynthesis;
const PIECES = "p:not(.aloud), h2, h3, li, dt, dd, th, td";
let reading = null;

const voiceFor = (language) => {
  const wanted = language.toLowerCase().split("-")[0];
  return synthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
};

const stop = () => {
  if (!reading) return;
  delete reading.button.dataset.reading;
  reading.button.textContent = reading.words;
  for (const piece of reading.pieces) piece.classList.remove("saying");
  reading = null;
  synthesis.cancel();
};

/* One utterance for each piece: long ones are cut off by some browsers. */
const say = (mine, at) => {
  if (reading !== mine) return;
  mine.pieces[at - 1]?.classList.remove("saying");
  if (at === mine.pieces.length) return stop();
  const piece = mine.pieces[at];
  const language = piece.closest("[lang]").lang;
  const utterance = new SpeechSynthesisUtterance(piece.textContent.trim());
  const voice = voiceFor(language);
  if (!voice) return say(mine, at + 1);
  utterance.lang = language;
  utterance.voice = voice;
  utterance.rate = 0.9;
  utterance.addEventListener("end", () => say(mine, at + 1));
  utterance.addEventListener("error", () => reading === mine && stop());
  piece.classList.add("saying");
  synthesis.speak(utterance);
};

const start = (section, button) => {
  stop();
  reading = { button, words: button.textContent, pieces: [...section.querySelectorAll(PIECES)] };
  button.dataset.reading = "yes";
  button.textContent = button.dataset.stop;
  say(reading, 0);
};

const offer = () => {
  for (const section of document.querySelectorAll("section[lang]")) {
    section.querySelector(".aloud").hidden = !voiceFor(section.lang);
  }
};

if (synthesis) {
  for (const button of document.querySelectorAll(".aloud button")) {
    button.addEventListener("click", () =>
      reading?.button === button ? stop() : start(button.closest("section"), button),
    );
  }
  synthesis.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", stop);
  offer();
}
