// Starts the components of govuk-frontend that are on the page; every page also works without this.
import { initAll } from "../vendor/govuk-frontend.min.js";
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
