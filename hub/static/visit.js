/* After "print and finish": print the sheet at once, and offer it as a button all the same. */
const form = document.getElementById("print-form");
if (form?.hasAttribute("data-print-now")) {
  const frame = document.createElement("iframe");
  frame.name = "sheet";
  frame.title = document.getElementById("sheet-head").textContent;
  frame.className = "sheet-frame";
  frame.addEventListener("load", () => {
    try {
      /* A driven browser has no printer, and a headless Chromium ends when it is asked to print. */
      const shown = frame.contentWindow.location.href !== "about:blank";
      if (shown && !navigator.webdriver) frame.contentWindow.print();
    } catch {
      /* A viewer that is not ours to steer: the sheet is in the frame, and the button stays. */
    }
  });
  form.after(frame);
  const target = form.target;
  form.target = frame.name;
  form.requestSubmit();
  form.target = target;
  document.getElementById("next")?.focus();
}
