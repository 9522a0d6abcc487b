// Søgningens tekster: Sphinx' danske mangler nogle og taler om »dokumenter«.
if (typeof Documentation !== "undefined") Documentation.addTranslations({
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
  // Et link til noget, der er foldet sammen, folder det ud.
  function unfold() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  window.addEventListener("load", unfold);
  window.addEventListener("hashchange", unfold);
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
  // Under en figur: gennemgangen, hvis script hentes første gang, og linket, som også kopieres.
  function walk(button) {
    if (window.gennemgaa) return window.gennemgaa(button);
    var script = document.createElement("script");
    script.src = document.documentElement.dataset.content_root + "_static/gennemgaa.js";
    script.onload = function () { window.gennemgaa(button); };
    document.head.append(script);
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest(".figure-files button"), link = event.target.closest('.figure-files a[href^="#"]');
    if (button) walk(button);
    if (link && navigator.clipboard) navigator.clipboard.writeText(link.href).then(function () {
      var before = link.innerHTML;
      link.textContent = "Linket er kopieret";
      setTimeout(function () { link.innerHTML = before; }, 2000);
    }, function () {});
  });
})();
