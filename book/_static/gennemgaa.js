// En figur gennemgået med piletasterne: Tallene læses op af figurens egen tabel, og en tones højde følger dem.
// Hentes først, når en læser beder om det (kontaktbogen.js).
(function () {
  "use strict";
  var SHARE = "Andel", WHO = "Hvem", GAP = "Forskel i procentpoint", HELP = "Piletasterne flytter, Home og End går til enderne, L slår lyden til og fra, og Escape lukker.";
  var sound = !matchMedia("(prefers-reduced-motion: reduce)").matches, audio;

  function textOf(node) { return node.textContent.replace(/\s+/g, " ").trim(); }
  function list(found) { return Array.prototype.slice.call(found); }

  // Tabellen ved figuren: i samme celle som den, eller den næste før en anden figur.
  function tableOf(line) {
    var own = line.closest(".cell_output").querySelector("table");
    if (own) return own;
    var all = list(document.querySelectorAll(".figure-files, .figure, .cell_output table"));
    var next = all[all.indexOf(line) + 1];
    return next && next.matches("table") ? next : null;
  }
  // Det, der kan gås til: rækker og de kolonner, der er tegnet. I en tabel over svar er det andelen, med det samlede tal ved siden af.
  function read(table) {
    var names = list(table.tHead.rows[table.tHead.rows.length - 1].cells).map(textOf).slice(1), place = "", rows = [];
    list(table.tBodies).forEach(function (body) {
      list(body.rows).forEach(function (row) {
        var name = row.querySelector('th[scope="row"]');
        if (name) rows.push({ place: place, name: textOf(name), cells: list(row.querySelectorAll("td")).map(textOf) });
        else place = textOf(row);
      });
    });
    function isDrawn(at) { return names[at] !== "N" && rows.some(function (row) { return /pct\./.test(row.cells[at]) || isHidden(row.cells[at]); }); }
    var columns = names.indexOf(SHARE) >= 0 ? [names.indexOf(SHARE)] : Object.keys(names).map(Number).filter(isDrawn);
    if (!columns.length) columns = [0];
    var notes = table.tFoot ? list(table.tFoot.rows).map(textOf) : [];
    return { names: names, rows: rows, columns: columns, notes: notes, beside: names.indexOf(GAP) - 1 };
  }
  function isHidden(cell) { return /^[*°]+$/.test(cell); }
  // Et skjult tal siges med sin grund, som står under tabellen ved samme tegn.
  function told(cell, notes) {
    var why = isHidden(cell) && notes.find(function (note) { return note.indexOf(cell + " ") === 0; });
    return why ? why.slice(cell.length + 1).replace(/\.$/, "") : cell;
  }
  function sentence(data, at, column) {
    var row = data.rows[at], name = data.names[column].replace(/ †$/, "");
    var where = [row.place, row.name, row.cells[data.names.indexOf(WHO)], name === SHARE ? "" : name].filter(Boolean).join(", ");
    var beside = name === SHARE && data.beside > column ? data.beside : -1;
    var more = beside < 0 ? "" : ", " + data.names[beside].charAt(0).toLowerCase() + data.names[beside].slice(1) + " " + told(row.cells[beside], data.notes);
    return (where + ": " + told(row.cells[column], data.notes) + more + ".").replace(/\.\.$/, ".");
  }
  function valueOf(cell) {
    var found = /^(under|over)?\D*?(\d+(?:,\d+)?)/.exec(cell || "");
    if (!found) return null;
    var value = parseFloat(found[2].replace(",", "."));
    return found[1] === "under" ? value / 2 : found[1] === "over" ? (100 + value) / 2 : value;
  }
  // To og en halv oktav fra 0 til det højeste: 100 pct., eller det største tal i tabellen.
  function play(data, at, column) {
    var value = valueOf(data.rows[at].cells[column]);
    if (!sound || value === null) return;
    var percent = /pct\./.test(data.rows[at].cells[column]);
    var most = percent ? 100 : Math.max.apply(null, data.rows.map(function (row) { return valueOf(row.cells[column]) || 0; }));
    audio = audio || new AudioContext();
    var tone = audio.createOscillator(), volume = audio.createGain(), now = audio.currentTime;
    tone.frequency.value = 200 * Math.pow(2, 2.5 * value / (most || 1));
    volume.gain.setValueAtTime(0.15, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.25);
    tone.connect(volume).connect(audio.destination);
    tone.start(now);
    tone.stop(now + 0.25);
  }

  window.gennemgaa = function (button) {
    var line = button.closest(".figure-files"), table = tableOf(line);
    if (!table || line.nextElementSibling) return;
    var data = read(table), row = 0, column = 0, box = document.createElement("div");
    box.className = "figure-walk";
    box.innerHTML = '<p class="figure-walk__said"></p><p class="figure-walk__help"></p><p role="status"></p>';
    var said = box.children[0], news = box.children[2];
    box.children[1].textContent = HELP;
    // En skyder er det, alle skærmlæsere selv giver piletasterne til; dens værdi siges, når den skifter.
    var about = { role: "slider", tabindex: 0, "aria-label": "Gennemgang af figuren", "aria-description": HELP, "aria-valuemin": 1, "aria-valuemax": data.rows.length * data.columns.length };
    Object.keys(about).forEach(function (name) { said.setAttribute(name, about[name]); });
    function stop() {
      var text = sentence(data, row, data.columns[column]);
      said.textContent = text;
      said.setAttribute("aria-valuetext", text);
      said.setAttribute("aria-valuenow", row * data.columns.length + column + 1);
      play(data, row, data.columns[column]);
    }
    function moved(at, by, count) { return Math.min(Math.max(at + by, 0), count - 1); }
    box.addEventListener("keydown", function (event) {
      var key = event.key, by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (key === "Escape") { button.focus(); box.remove(); return; }
      if (key === "l" || key === "L") { sound = !sound; news.textContent = "Lyden er slået " + (sound ? "til." : "fra."); return; }
      if (by && data.columns.length > 1 && (key === "ArrowLeft" || key === "ArrowRight")) column = moved(column, by, data.columns.length);
      else if (by) row = moved(row, by, data.rows.length);
      else if (key === "Home" || key === "End") row = key === "Home" ? 0 : data.rows.length - 1;
      else return;
      event.preventDefault();
      stop();
    });
    line.after(box);
    stop();
    said.focus();
  };
})();
