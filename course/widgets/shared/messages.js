// Lines that are read out when they change.

import { html } from "./elements.js";

/** Make a line that only screen readers read. */
export const makeSpokenLine = () => html("p", { class: "backyard-unseen", role: "status" });
