/* The sheet on the page of a visit: printed in one action, looked at before, and after
   "print and finish" printed at once. Where the browser shows no PDF, the form's own way stands:
   the sheet opens by itself, and the preview is a page. */
const form = document.getElementById("print-form");

/* One frame at a time below the form; what it shows has the name of its button. */
const freshFrame = (title) => {
  document.querySelector(".sheet-frame")?.remove();
  const frame = document.createElement("iframe");
  frame.name = "sheet";
  frame.title = title;
  frame.className = "sheet-frame";
  form.after(frame);
  return frame;
};

const printWhenShown = (frame) => {
  frame.addEventListener("load", () => {
    try {
      /* A driven browser has no printer, and a headless Chromium ends when it is asked to print. */
      const shown = frame.contentWindow.location.href !== "about:blank";
      if (shown && !navigator.webdriver) frame.contentWindow.print();
    } catch {
      /* A viewer that is not ours to steer: the sheet is in the frame, and the button stays. */
    }
    showCopies();
  });
};

/* What was just handed out joins the list. */
const showCopies = async () => {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = document.getElementById("handed-out");
  const fresh = page.getElementById("handed-out");
  if (there && fresh) there.replaceWith(fresh);
};

/* What the browsers' own viewers are asked to show: the page, wide, without lists beside it. */
const PICTURE = "#toolbar=0&navpanes=0&pagemode=none&view=FitH";
const WITH_BUTTONS = "#navpanes=0&pagemode=none&view=FitH";
const viewed = (address, look) => address.split("#")[0] + look;

const heading = () => document.getElementById("sheet-head").textContent;

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.id === "preview") {
    const frame = freshFrame(button.dataset.title);
    button.formTarget = frame.name;
    button.formAction = viewed(button.formAction, PICTURE);
    form.elements.as.value = navigator.pdfViewerEnabled ? "pdf" : "page";
  } else if (button && navigator.pdfViewerEnabled) {
    const frame = freshFrame(heading());
    form.target = frame.name;
    form.action = viewed(form.action, WITH_BUTTONS);
    printWhenShown(frame);
  }
});

if (form?.hasAttribute("data-print-now")) {
  const frame = freshFrame(heading());
  printWhenShown(frame);
  const target = form.target;
  form.target = frame.name;
  form.requestSubmit();
  form.target = target;
  document.getElementById("next")?.focus();
}
