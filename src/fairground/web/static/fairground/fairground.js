// Small improvements where JavaScript is on; every page is complete without this file.
import { initAll } from "../vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
initAll();

// A file that will be refused for its size is refused before it travels.
for (const field of document.querySelectorAll("[data-fg-most]")) {
  const said = Object.assign(document.createElement("p"), { className: "govuk-error-message", id: `${field.id}_too_large` });
  said.setAttribute("role", "alert");
  const large = () => [...field.files].some((file) => file.size > Number(field.dataset.fgMost));
  field.addEventListener("change", () => {
    said.textContent = large() ? field.dataset.fgTooLarge : "";
    field.before(said);
  });
  field.form.addEventListener("submit", (event) => { if (large()) { event.preventDefault(); field.focus(); } });
}

// The square of a letter has its code behind the # of the address, where no server and no log sees it.
const brought = document.querySelector("[data-fg-letter]");
if (brought && location.hash.startsWith("#letter=")) {
  brought.elements.letter.value = decodeURIComponent(location.hash.slice("#letter=".length));
  history.replaceState(null, "", location.pathname);
  brought.submit();
}
