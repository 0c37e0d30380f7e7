// Another piece of evidence carries other statuses: ask for them as soon as it is chosen.
"use strict";
document.getElementById("id_evidence")?.addEventListener("change", () => {
  document.querySelector("[name=_choose]").click();
});
