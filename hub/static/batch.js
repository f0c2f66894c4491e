/* Shows how many sheets of a ZIP file have come. Without script, the link fetches it all the same.
   Each file in the archive begins with the four bytes looked for. */
const HEAD = [0x50, 0x4b, 0x03, 0x04];

const counter = () => {
  let matched = 0;
  let found = 0;
  return (bytes) => {
    for (const byte of bytes) {
      matched = byte === HEAD[matched] ? matched + 1 : byte === HEAD[0] ? 1 : 0;
      if (matched === HEAD.length) {
        found += 1;
        matched = 0;
      }
    }
    return found;
  };
};

const keep = (pieces, link, response) => {
  const named = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  const saved = document.createElement("a");
  saved.href = URL.createObjectURL(new Blob(pieces, { type: "application/zip" }));
  saved.download = named ? named[1] : "sheets.zip";
  saved.click();
  setTimeout(() => URL.revokeObjectURL(saved.href), 60_000);
};

const gather = async (link, show) => {
  const response = await fetch(link.href);
  if (!response.ok || response.headers.get("Content-Type") !== "application/zip") {
    throw new Error(`${response.status}`);
  }
  const count = counter();
  const pieces = [];
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    show(count(value));
  }
  keep(pieces, link, response);
};

const begin = async (link) => {
  const place = link.closest("[data-batch]").querySelector(".batch-progress");
  const bar = place.querySelector("progress");
  const words = place.querySelector("[role=status]");
  const total = Number(link.dataset.sheets);
  const show = (done) => {
    bar.value = Math.min(done, total);
    words.textContent = words.dataset.words
      .replace("{done}", bar.value)
      .replace("{total}", total);
  };
  bar.max = total;
  place.hidden = false;
  show(0);
  link.dataset.busy = "yes";
  try {
    await gather(link, show);
    words.textContent = words.dataset.ready;
  } catch {
    words.textContent = words.dataset.failed;
  } finally {
    delete link.dataset.busy;
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sheets]");
  if (!link) return;
  event.preventDefault();
  if (!link.dataset.busy) begin(link);
});
