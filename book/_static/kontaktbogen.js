// Søgningens tekster: Sphinx' danske mangler nogle og taler om »dokumenter«.
Documentation.addTranslations({
  locale: "da",
  plural_expr: "(n != 1)",
  messages: {
    "Hide Search Matches": "Skjul de fundne ord",
    "Preparing search...": "Gør klar til at søge …",
    "Search Results": "Søgeresultater",
    "Search finished, found ${resultCount} page(s) matching the search query.": "Antal fundne steder i denne udgave: ${resultCount}",
    "Searching": "Søger",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      "Intet sted i denne udgave passer til søgningen. Prøv med færre eller andre ord.",
  },
});
// Et felt, der kan rulles vandret, skal kunne nås og rulles fra tastaturet.
(function () {
  function mark() {
    document.querySelectorAll(".cell_output, .cell_output .text_html, .cell_output .text_html div").forEach(function (box) {
      var scrolls = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible";
      if (scrolls === box.hasAttribute("data-scrolls")) return;
      if (scrolls) {
        box.setAttribute("data-scrolls", "");
        box.setAttribute("tabindex", "0");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", box.querySelector("table") ? "Tabel, der kan rulles vandret" : "Figur, der kan rulles vandret");
      } else {
        ["data-scrolls", "tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); });
      }
    });
  }
  // På papir kan intet foldes ud, så tabellerne er åbne, mens der skrives ud.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.filter.call(document.querySelectorAll(".cell_output details"), function (fold) { return !fold.open; });
    opened.forEach(function (fold) { fold.open = true; });
  });
  window.addEventListener("afterprint", function () { opened.forEach(function (fold) { fold.open = false; }); opened = []; });
  window.addEventListener("load", mark);
  window.addEventListener("resize", mark);
  document.addEventListener("toggle", mark, true);
  // Listen over udgaver lukkes igen med Escape og ved klik et andet sted.
  function close(event) {
    document.querySelectorAll(".edition-switch__box[open]").forEach(function (box) {
      if (event.type === "keydown" ? event.key !== "Escape" : box.contains(event.target)) return;
      var inside = box.contains(document.activeElement);
      box.removeAttribute("open");
      if (inside && event.type === "keydown") box.querySelector("summary").focus();
    });
  }
  document.addEventListener("keydown", close);
  document.addEventListener("click", close);
})();
