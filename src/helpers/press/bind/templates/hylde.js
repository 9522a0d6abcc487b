
// Søgefeltet skjuler de kort, der ikke passer. Det regner på navnene på siden selv, så det virker uden server.
(function () {
  var field = document.getElementById("sted"), found = document.getElementById("fundet");
  // »Vejle Kommune« er Vejle.
  var ending = new RegExp("\\s+" + field.dataset.ord + "\\s*$");
  var cards = Array.prototype.slice.call(document.querySelectorAll("#kort li"));
  // Navnet på de måder, det kan tænkes skrevet: æ, ø og å som sig selv, som ae, oe og aa, og som a, o og a.
  var SPELLINGS = [{}, { "æ": "ae", "ø": "oe", "å": "aa" }, { "æ": "a", "ø": "o", "å": "a", "ae": "a", "oe": "o", "aa": "a" }];
  function plain(text) { return text.toLocaleLowerCase("da").replace(ending, "").replace(/[\s-]+/g, " ").trim(); }
  function spelled(text, spelling) { return Object.keys(spelling).reduce(function (done, letter) { return done.split(letter).join(spelling[letter]); }, text); }
  function fits(card, wanted) {
    var name = plain(card.dataset.navn), number = card.dataset.nummer;
    if (/^\d+$/.test(wanted)) return Boolean(number) && (number.indexOf(wanted) === 0 || String(+number).indexOf(wanted) === 0);
    return SPELLINGS.some(function (spelling) { return spelled(name, spelling).indexOf(spelled(wanted, spelling)) >= 0; });
  }
  function search() {
    var wanted = plain(field.value), shown = 0;
    cards.forEach(function (card) {
      card.hidden = wanted !== "" && !fits(card, wanted);
      if (!card.hidden) shown += 1;
    });
    found.textContent = wanted === "" ? "" : shown ? shown + (shown === 1 ? " udgave" : " udgaver") + " passer til søgningen."
      : "Ingen udgave passer til »" + field.value.trim() + "«. Måske er stedet ikke med i undersøgelsen.";
    return shown;
  }
  field.addEventListener("input", search);
  field.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { field.value = ""; search(); }
    if (event.key === "Enter" && field.value.trim() && search() === 1) cards.find(function (card) { return !card.hidden; }).querySelector("a").click();
  });
  document.getElementById("soeg").hidden = false;
  search();
})();
