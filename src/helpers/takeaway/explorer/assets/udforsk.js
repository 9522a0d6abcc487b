/* Udforsk svarene: vælg undersøgelse, spørgsmål, opdeling og udgave; diagram og tabel tegnes af andele, der ligger ved siden af siden.
   Uden biblioteker og uden opslag på nettet, så siden også virker fra en mappe på disken. */
(function () {
  "use strict";

  var surveys = window.kontaktbogen.surveys, tables = window.kontaktbogen.tables;
  // Den valgte undersøgelses kodebog.
  var book;
  var NUMBER = new Intl.NumberFormat("da-DK"), TITLE = document.title;
  var ROOM_FOR_CHARACTER = 3, SEEN = 5;
  function id(name) { return document.getElementById(name); }

  // ---- små hjælpere ------------------------------------------------------------------------------------------------

  function make(tag, attributes, children) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    [].concat(children === undefined ? [] : children).forEach(function (child) {
      node.append(child instanceof Node ? child : document.createTextNode(child));
    });
    return node;
  }
  function fill(place, children) { place.replaceChildren.apply(place, [].concat(children)); }
  function isHidden(value) { return typeof value === "string"; }
  function pct(value) { return NUMBER.format(value) + " pct."; }
  // En andel, som den er offentliggjort: 81, eller i trin "~40", eller yderst "<8" og ">92".
  var WORDS = { "~": "ca. ", "<": "under ", ">": "over " };
  function isRounded(cell) { return typeof cell === "string"; }
  function isOpen(cell) { return isRounded(cell) && cell[0] !== "~"; }
  function told(cell) { return isRounded(cell) ? WORDS[cell[0]] + cell.slice(1) + " pct." : pct(cell); }
  function figure(cell) { return isRounded(cell) ? +cell.slice(1).replace(",", ".") : cell; }
  // Så langt tegnes den: til midten af det, den kan være.
  function middle(cell) {
    var value = figure(cell);
    return !isOpen(cell) ? value : cell[0] === "<" ? value / 2 : (100 + value) / 2;
  }
  function capital(text) { return text.charAt(0).toLocaleUpperCase("da") + text.slice(1); }
  function stop(text) { return text.replace(/\.\.$/, "."); }
  // Eksemplerne i parentes står i tabellen.
  function short(label) { return label.replace(/^\d+(?:\.\d+)+ *[-–] +(?=\D)|\s*\((?:fx|eks\.|uddyb) [^)]*\)/g, ""); }

  // ---- valget: adresse og formular ----------------------------------------------------------------------------------

  function editionOf(slug) { return book.editions.find(function (one) { return one.slug === slug; }); }
  function breakdownOf(name) { return book.breakdowns.find(function (one) { return one.id === name; }); }

  function choiceFromAddress() { return choiceOf(new URLSearchParams(location.hash.slice(1))); }
  // Det valg, en adresse giver, også når noget i den ikke findes i undersøgelsen.
  function choiceOf(given) {
    var names = Object.keys(surveys);
    var survey = names.indexOf(given.get("undersoegelse")) >= 0 ? given.get("undersoegelse") : names[0];
    book = surveys[survey];
    var question = book.questions[given.get("spoergsmaal")] ? given.get("spoergsmaal") : defaultQuestion();
    var edition = editionOf(given.get("udgave")) || editionOf(book.country) || book.editions[0];
    return {
      survey: survey, question: question, edition: edition.slug, by: breakdownOf(given.get("opdeling")) ? given.get("opdeling") : "",
      land: given.get("landet") !== "nej"
    };
  }
  function defaultQuestion() {
    var names = Object.keys(book.questions);
    return book.questions.tilfredshed ? "tilfredshed" : names.find(function (name) { return !book.questions[name].background; }) || names[0];
  }
  function addressOf(choice) {
    var parts = new URLSearchParams(choice.survey === Object.keys(surveys)[0] ? {} : { undersoegelse: choice.survey });
    parts.set("spoergsmaal", choice.question);
    if (choice.by) parts.set("opdeling", choice.by);
    parts.set("udgave", choice.edition);
    if (!choice.land) parts.set("landet", "nej");
    return "#" + parts;
  }
  function choiceFromForm() {
    return { survey: id("undersoegelse").value, question: id("spoergsmaal").value, by: id("opdeling").value, edition: id("udgave").value, land: id("landet").checked };
  }

  function fillSurveys() {
    var names = Object.keys(surveys);
    fill(id("undersoegelse"), names.map(function (name) { return make("option", { value: name }, capital(surveys[name].unit.all)); }));
  }
  var filled;
  function fillForm(choice) {
    if (filled === choice.survey) return;
    filled = choice.survey;
    fill(id("spoergsmaal"), book.parts.map(function (part) {
      return make("optgroup", { label: part.title }, part.questions.map(function (name) {
        return make("option", { value: name }, label(book.questions[name]));
      }));
    }));
    fill(id("udgave"), book.editions.map(function (edition) { return make("option", { value: edition.slug }, edition.name); }));
  }
  function label(question) { return question.items ? question.short + " (alle " + question.items.length + ")" : short(question.short); }
  function fillBreakdowns(choice) {
    var own = numbersOf(choice, choice.edition)[choice.question] || {}, question = book.questions[choice.question];
    var possible = question.items ? [] : book.breakdowns.filter(function (one) { return own[one.id]; });
    var first = make("option", { value: "" }, question.items ? "Ved siden af hinanden" : "Ingen (alle samlet)");
    fill(id("opdeling"), [first].concat(possible.map(function (one) { return make("option", { value: one.id }, one.title); })));
    id("opdeling").value = possible.some(function (one) { return one.id === choice.by; }) ? choice.by : "";
    var hint = whyNoBreakdown(choice, question, possible);
    id("opdeling-hjaelp").textContent = hint;
    id("opdeling-hjaelp").hidden = !hint;
  }
  // Hvorfor der ikke er nogen opdeling at vælge, eller hvor den ønskede blev af.
  function whyNoBreakdown(choice, question, possible) {
    if (book.apart) return book.apart;
    if (question.items) return "Her står de ved siden af hinanden. Vil du se ét af dem opdelt, så vælg det som spørgsmål.";
    if (!possible.length) return "Spørgsmålet er ikke opdelt.";
    if (choice.by && choice.by !== id("opdeling").value) return "Spørgsmålet er ikke opdelt på " + breakdownOf(choice.by).title.toLocaleLowerCase("da") + " i udgaven " + editionOf(choice.edition).name + ".";
    return "";
  }

  // ---- data: én fil pr. undersøgelse og udgave, hentet første gang den skal bruges ----------------------------------

  function numbersOf(choice, slug) { return tables[choice.survey + "/" + slug]; }
  function load(choice, slug, then) {
    if (numbersOf(choice, slug)) return then();
    var script = make("script", { src: "tal/" + choice.survey + "/" + slug + ".js" });
    script.onload = then;
    script.onerror = function () {
      id("melding").textContent = "Tallene for " + editionOf(slug).name + " kunne ikke hentes. Prøv at genindlæse siden.";
      id("resultat").hidden = false;
    };
    document.head.append(script);
  }

  // ---- opslag: de grupper, som valget viser -------------------------------------------------------------------------

  function groupsOf(choice, slug) {
    var question = book.questions[choice.question], data = numbersOf(choice, slug);
    if (question.items) {
      return question.items.map(function (name, at) { return group(question.statements[at], ((data[name] || {})[""] || [])[0], false, tableId(slug, name), name); }).filter(Boolean);
    }
    var own = data[choice.question] || {}, by = breakdownOf(choice.by), table = tableId(slug, choice.question, choice.by);
    var groups = by ? (own[by.id] || []).map(function (row) { return group(by.groups[row[0]], row, false, table + "." + word(by, by.groups, row[0]), choice.question); }) : [];
    var everybody = own[""] && group(by ? "I alt" : editionOf(slug).name, own[""][0], true, tableId(slug, choice.question), choice.question);
    return everybody ? groups.concat(everybody) : groups;
  }
  // Det, en tabels tal har forrest i deres id; så følger gruppe, svar og mål.
  function tableId(slug, question, by) { return [book.round, book.survey, slug, question, by || "alle"].join("."); }
  // En ordlyd som ét ord, som i bogens id'er; de ord, der ikke følger af ordlyden alene, står i kodebogen.
  function word(of, labels, at) {
    var plain = labels[at].toLowerCase().replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa");
    return of.words[at] || plain.split(/[^a-z0-9]+/).filter(Boolean).join("-");
  }
  function group(name, row, total, id, asked) {
    var question = book.questions[asked], answers = question.answers.concat(question.sums);
    return row && {
      name: name, base: row[1], cells: row[2] || [], ends: pairs(row[3] || []), counts: row[4] || [],
      lengths: row[5], mean: row[6] || "", part: row[7] || 0, total: !!total, meanId: [id, book.meanMeasure].join("."),
      ids: answers.map(function (_, at) { return [id, word(question, answers, at), book.measure].join("."); })
    };
  }
  function pairs(ends) {
    var highs = ends.filter(function (_, at) { return at % 2; });
    return highs.map(function (high, at) { return [ends[2 * at], high]; });
  }
  // Konfidensintervallets ender i hele procent, eller intet, hvor andelen er skjult.
  function rangeText(one, at) { return share(one, at) !== null && one.ends[at] ? one.ends[at][0] + "-" + one.ends[at][1] : ""; }
  function hasRanges(view) { return view.groups.some(function (one) { return one.ends.length; }); }
  // Andelen, eller intet. En gruppe er skjult helt eller slet ikke; så er dens antal et bogstav.
  function share(one, at) { return isHidden(one.base) ? null : one.cells[at]; }
  function shownIn(view) {
    var all = view.groups.concat(view.land || []);
    return all.filter(function (one) { return !isHidden(one.base); });
  }

  // ---- tegning ------------------------------------------------------------------------------------------------------

  function render(choice) {
    var edition = editionOf(choice.edition), question = book.questions[choice.question];
    var view = {
      choice: choice, edition: edition, question: question, by: choice.by && breakdownOf(choice.by),
      groups: groupsOf(choice, choice.edition), land: showsLand(choice) ? groupsOf(choice, book.country) : null
    };
    id("overskrift").textContent = heading(view);
    id("ordlyd").textContent = "»" + question.text + "« Stillet til: " + question.asked + "." + (question.multiple ? " Der kunne vælges flere svar." : "");
    if (!view.groups.length) return renderNothing(view);
    fill(id("diagram"), chart(view));
    fill(id("tabel"), table(view));
    fill(id("noter"), notes(view).map(function (text) { return make("li", {}, text); }));
    // Overskriften læses op med, men vises ikke to gange.
    fill(id("melding"), [make("span", { class: "x-unseen" }, heading(view) + "."), " ", summary(view), " ", make("span", { class: "x-unseen" }, id("opdeling-hjaelp").textContent)]);
    showParts(true);
    id("hent").onclick = function () { saveCsv(view); };
    linkToBook(view);
  }
  function showsLand(choice) { return choice.land && choice.edition !== book.country && Boolean(numbersOf(choice, book.country)); }
  function heading(view) {
    return label(view.question) + (view.by ? " efter " + view.by.title.toLocaleLowerCase("da") : "") + ", " + (book.apart ? book.unit.all : placeName(view.edition));
  }
  function placeName(edition) { return edition.country ? wholeInText() : edition.name; }
  function whole() { return editionOf(book.country).name; }
  function wholeInText() { return whole().charAt(0).toLowerCase() + whole().slice(1); }
  function renderNothing(view) {
    fill(id("diagram"), make("p", { class: "x-empty" }, "Der er ingen tal for dette valg i udgaven " + view.edition.name + ". Vælg et andet spørgsmål eller en anden udgave."));
    id("melding").textContent = "Ingen tal for dette valg.";
    showParts(false);
    linkToBook(view);
  }
  function showParts(shown) { ["tabel", "tabel-titel", "noter", "hent"].forEach(function (name) { id(name).hidden = !shown; }); }
  function linkToBook(view) {
    var part = book.parts.find(function (one) { return one.questions.indexOf(view.choice.question) >= 0; });
    var front = view.edition.bound ? "../" + view.edition.slug + "/index.html" : "../index.html";
    id("laes").hidden = !(view.edition.bound && part && part.slug);
    if (!id("laes").hidden) {
      id("laes").href = "../" + view.edition.slug + "/" + part.slug + ".html";
      id("laes").textContent = "Læs om emnet i bogen: " + part.title;
    }
    id("til-bogen").href = front;
    id("til-bogen").textContent = view.edition.bound ? view.edition.name : "Alle udgaver";
    id("kilde").textContent = book.origin;
    if (id("varsel")) id("varsel").textContent = view.edition.notice;
  }

  // Én sætning, der siger det vigtigste; den læses op, når valget skifter.
  function summary(view) {
    var all = view.groups.filter(function (one) { return !isHidden(one.base); }), total = view.groups.find(function (one) { return one.total; });
    var parts = [];
    if (total && isHidden(total.base)) return "Svarene er " + book.reasons[total.base] + ".";
    if (total) parts.push(people(total) + " har svaret.");
    if (total && view.question.answers.length) parts.push(mainAnswer(view, total));
    if (total && total.mean) parts.push("Gennemsnit: " + total.mean + ".");
    if (view.groups.length > 1) {
      var away = view.groups.length - all.length;
      parts.push(all.filter(function (one) { return !one.total; }).length + (view.question.items ? " delspørgsmål vises" : " grupper vises") + (away ? ", " + away + " er skjult." : "."));
    }
    return stop(parts.filter(Boolean).join(" "));
  }
  // 867 er ikke rundet til nærmeste 5; 870 kan være det.
  function people(one) {
    var exact = one.counts.length || book.baseTo === 1 || one.base % book.baseTo;
    var unit = one.base === 1 ? book.unit.singular : book.unit.plural;
    return (exact ? "" : "Omkring ") + NUMBER.format(one.base) + " " + unit;
  }
  function mainAnswer(view, total) {
    var single = view.question.answers, sums = view.question.sums, at = single.length;
    if (sums.length && !view.question.background) {
      var land = view.land && view.land.find(function (one) { return one.total; });
      var beside = land && !isHidden(land.base) ? " (" + wholeInText() + ": " + told(share(land, at)) + ")" : "";
      return "»" + sums[0] + "«: " + told(share(total, at)) + (beside && beside + ".");
    }
    return mostCommon(single, total);
  }
  // Svar, der vises ens, står lige. De har alle samme trin, så et lavere svar har færre givet.
  function mostCommon(answers, total) {
    var cells = total.cells.slice(0, answers.length);
    var most = Math.max.apply(null, cells.map(middle));
    var leaders = answers.filter(function (_, at) { return middle(cells[at]) === most; });
    if (!most || leaders.length === answers.length) return "";
    var names = leaders.map(function (text) { return "»" + short(text) + "«"; }), last = names.pop();
    var named = names.length ? names.join(", ") + " og " + last + " (hver " : last + " (";
    return "Flest har svaret " + named + told(cells[answers.indexOf(leaders[0])]) + ").";
  }

  function barred(view) { return view.question.multiple || !(view.groups.length > 1 || view.question.items || view.question.answers.length <= 3); }
  // Et indeks har kun gennemsnit: en søjle fra skalaens ene ende, så langt gennemsnittet når.
  function meanRows(view) {
    return view.groups.map(function (one) {
      var bar = make("div", { class: "x-bar", style: "width: " + one.part + "%" });
      var text = make("span", { class: "x-value" }, isHidden(one.base) ? hiddenWord(one.base) : one.mean);
      return make("div", { class: "x-row" + (one.total ? " x-row--total" : "") }, [
        make("div", { class: "x-label" }, one.name),
        make("div", { class: "x-barline" }, make("div", { class: "x-barroom" }, [bar, text]))
      ]);
    });
  }
  function hasMeans(view) { return view.groups.some(function (one) { return one.mean; }); }
  function chart(view) {
    if (!view.question.answers.length) return make("div", { class: "x-chart" }, meanRows(view));
    var stacked = !barred(view);
    var body = stacked ? stackedRows(view) : view.groups.length > 1 ? panels(view) : bars(view);
    var kind = stacked ? "Stablede søjler. " : "Søjler. ";
    var picture = make("div", { role: "img", "aria-label": kind + heading(view) + ". " + summary(view) + " Alle tallene står i tabellen under diagrammet." }, body);
    return make("div", { class: "x-chart" }, [legend(view, stacked), picture, why(view, stacked)].filter(Boolean));
  }
  function why(view, stacked) {
    var shown = shownIn(view), texts = [];
    if (shown.some(function (one) { return one.cells.some(isRounded); })) texts.push("Andele fra få svar er rundet af til trin, så ingen kan kendes.");
    if (stacked && shown.some(isGuessed)) texts.push("Stykker uden tal er små, eller andelen er kun vist som »under« et antal procent (se tabellen) og stykket tegnet efter skøn.");
    if (stacked && shown.some(isFitted)) texts.push("Hvor de afrundede tal ikke giver 100, er stykkerne tegnet, så de gør.");
    return texts.length ? make("p", { class: "x-why" }, texts.join(" ")) : null;
  }
  function isGuessed(one) {
    return one.cells.some(function (cell) { return cell[0] === "<" && figure(cell) > SEEN; });
  }
  // Om et stykke med et tal er tegnet, så det kan ses, at det ikke er så langt som tallet.
  function isFitted(one) {
    return (one.lengths || []).some(function (length, at) { return !isOpen(one.cells[at]) && Math.abs(length - figure(one.cells[at])) > SEEN; });
  }
  function colours(question) {
    var real = question.answers.filter(function (_, at) { return at !== question.dontKnow; }), next = 0;
    var scale = real.length === 2 ? [0, 3] : real.map(function (_, at) { return at % (real.length > 5 ? 6 : 5); });
    return question.answers.map(function (_, at) { return at === question.dontKnow ? "unsure" : scale[next++]; });
  }
  function paint(node, colour) {
    node.style.background = "var(--" + (colour === "unsure" ? colour : "s" + colour) + ")";
    node.style.color = "var(--on" + (colour === "unsure" ? "-unsure" : colour) + ")";
    return node;
  }
  function legend(view, stacked) {
    var items = [], palette = colours(view.question);
    if (stacked) items = view.question.answers.map(function (text, at) { return [short(text), palette[at]]; });
    var nodes = items.map(function (item) { return make("li", {}, [paint(make("span", { class: "x-swatch" }), item[1]), item[0]]); });
    if (!stacked && view.land) {
      nodes = [[view.edition.name, "--bar"], [whole(), "--land"]].map(function (item) {
        return make("li", {}, [make("span", { class: "x-swatch", style: "background: var(" + item[1] + ")" }), item[0]]);
      });
    }
    return nodes.length ? make("ul", { class: "x-legend", "aria-label": "Farverne i diagrammet" }, nodes) : null;
  }

  function stackedRows(view) {
    return view.groups.map(function (one, at) {
      var land = view.land && view.land.find(function (other) { return other.total === one.total && (one.total || other.name === one.name); });
      var lines = [stack(view, one, false)];
      if (land) lines.push(stack(view, land, true));
      var name = [one.name].concat(land && at === 0 ? [make("br"), make("span", { class: "x-place" }, "tynd søjle: " + wholeInText())] : []);
      return make("div", { class: "x-row" + (one.total && view.groups.length > 1 ? " x-row--total" : "") }, [make("div", { class: "x-label" }, name), make("div", {}, lines)]);
    });
  }
  function stack(view, one, thin) {
    if (isHidden(one.base)) return thin ? make("div") : make("div", { class: "x-value x-value--hidden" }, hiddenWord(one.base));
    // Stykkerne er så lange som i bogens figurer; hvor intet andet er sagt, er det andelene i forhold til hinanden.
    var palette = colours(view.question), widths = one.lengths || one.cells.slice(0, palette.length).map(middle);
    var parts = widths.map(function (width, at) {
      return width ? part(width, palette[at], thin ? "" : partText(one.cells[at], width)) : null;
    }).filter(Boolean);
    return make("div", { class: "x-stack" + (thin ? " x-stack--thin" : "") }, parts);
  }
  // Tallet i en del af en søjle, hvor der er plads; intet, hvor det kun siges, at den er lille.
  function partText(cell, width) {
    if (cell[0] === "<") return "";
    var text = isRounded(cell) ? WORDS[cell[0]] + cell.slice(1) : "" + cell;
    return width < ROOM_FOR_CHARACTER * text.length ? "" : text;
  }
  function part(width, colour, text) {
    return paint(make("div", { class: "x-part", style: "flex: " + width + " 1 0" }, text), colour);
  }

  function limit(view) {
    var last = view.question.answers.length;
    var reached = shownIn(view).map(function (one) {
      var lines = view.groups.indexOf(one) < 0 ? [] : one.ends.slice(0, last);
      var highest = lines.map(function (ends) { return ends[1]; });
      return Math.max.apply(null, one.cells.slice(0, last).map(middle).concat(highest));
    });
    return Math.max.apply(null, [0].concat(reached)) <= 50 ? 50 : 100;
  }
  function bars(view) {
    var top = limit(view), home = view.groups[0], land = view.land && view.land[0];
    return view.question.answers.map(function (text, at) {
      return make("div", { class: "x-row" }, [make("div", { class: "x-label" }, short(text)), barLines(view, home, land, at, top)]);
    });
  }
  function panels(view) {
    var top = limit(view);
    return view.question.answers.map(function (text, at) {
      var rows = view.groups.map(function (one) {
        var land = view.land && view.land.find(function (other) { return other.total === one.total && (one.total || other.name === one.name); });
        return make("div", { class: "x-row" + (one.total ? " x-row--total" : "") }, [make("div", { class: "x-label" }, one.name), barLines(view, one, land, at, top)]);
      });
      return make("div", {}, [make("div", { class: "x-answer" }, short(text))].concat(rows));
    });
  }
  function barLines(view, home, land, at, top) {
    var lines = [barLine(home, at, top, "", view.question.background || countsMatter(view))];
    if (land) lines.push(barLine(land, at, top, "--land", false));
    return make("div", { class: "x-bars" }, lines);
  }
  function barLine(one, at, top, kind, counted) {
    var cell = share(one, at), value = cell === null ? 0 : middle(cell);
    var text = shareText(one, at), ends = !kind && one.ends[at];
    if (counted && one.counts.length) text += " (" + NUMBER.format(one.counts[at]) + ")";
    var bar = make("div", { class: "x-bar" + (kind ? " x-bar" + kind : ""), style: "width: " + 100 * value / top + "%" });
    if (!value) bar.style.visibility = "hidden";
    var reach = ends && ends.map(function (end) { return 100 * end / top; });
    var range = ends ? whisker(reach[0], reach[1] - reach[0]) : null;
    var word = make("span", { class: "x-value" + (kind ? " x-value" + kind : "") + (cell === null ? " x-value--hidden" : "") }, text);
    // Tallet står efter søjle og streg, hvad der nu når længst.
    if (range) word.style.marginLeft = 100 * Math.max(ends[1] - value, 0) / top + "%";
    return make("div", { class: "x-barline" }, make("div", { class: "x-barroom" }, [bar, range, word].filter(Boolean)));
  }
  function whisker(left, width) {
    return make("span", { class: "x-whisker", style: "left: " + left + "%; width: " + width + "%" });
  }

  // ---- tabel --------------------------------------------------------------------------------------------------------

  function sign(letter) { return book.signs[letter]; }
  function hiddenWord(letter) { return "skjult" + sign(letter); }
  function shareText(one, at) { return isHidden(one.base) ? hiddenWord(one.base) : told(share(one, at)); }
  // Hvor så få har svaret, at en procent er omtrent én af dem, hører antallet med til andelen.
  function countsMatter(view) {
    return view.groups.concat(view.land || []).every(function (one) { return one.counts.length && one.base < book.smallBase; });
  }
  function shareAndMore(view, one, at) {
    var more = isHidden(one.base) ? "" : countsMatter(view) ? NUMBER.format(one.counts[at]) : rangeText(one, at);
    return shareText(one, at) + (more ? " (" + more + ")" : "");
  }
  function numberText(value) { return isHidden(value) ? hiddenWord(value) : NUMBER.format(value); }
  function answersOf(view) {
    return view.question.answers.concat(view.question.sums.map(function (text) { return "I alt: " + text; }));
  }
  function caption(view) { return view.question.text.replace(/[^.?!]$/, "$&.") + (view.by ? " Opdelt på " + view.by.title.toLocaleLowerCase("da") + "." : "") + " " + placeName(view.edition).replace(/^h/, "H") + "."; }

  // Tabellen som rækker af tekst: hoved, og for hvert sted en række pr. linje.
  function cells(view) {
    if (view.groups.length === 1 && !view.question.items && view.question.answers.length) return byAnswer(view);
    var places = [{ name: view.edition.name, groups: view.groups }].concat(view.land ? [{ name: whole(), groups: view.land }] : []);
    return view.question.multiple ? answersByGroup(view, places) : groupsByAnswer(view, places);
  }
  function byAnswer(view) {
    var home = view.groups[0], land = view.land && view.land[0], last = view.question.answers.length;
    var ranges = hasRanges(view), counted = home.counts.length > 0;
    var head = ["Svar"].concat(counted ? ["Antal"] : [], "Andel", ranges ? ["Interval"] : []);
    if (land) head.push(whole(), "Forskel i procentpoint");
    var rows = answersOf(view).map(function (text, at) {
      var row = [text].concat(counted ? numberText(home.counts[at]) : [], shareText(home, at));
      if (ranges) row.push(rangeText(home, at) || shareText(home, at));
      if (land) row.push(shareText(land, at), gapText(home, land, at));
      return { cells: row, sum: at >= last };
    });
    return { head: head, places: [{ name: view.edition.name, rows: rows }] };
  }
  // Forskellen på de to andele, som de vises; ingen, hvor den ene kun er under eller over noget.
  function gapText(home, land, at) {
    var here = share(home, at), there = share(land, at);
    if (here === null || there === null) return hiddenWord([home.base, land.base].find(isHidden));
    if (isOpen(here) || isOpen(there)) return "";
    var points = figure(here) - figure(there), sign = points > 0 ? "+" : points < 0 ? "−" : "";
    return (isRounded(here) || isRounded(there) ? WORDS["~"] : "") + sign + Math.abs(points);
  }
  function groupsByAnswer(view, places) {
    return {
      head: [view.by ? view.by.title : view.question.statement || "Sted"].concat(answersOf(view), hasMeans(view) ? "Gennemsnit" : [], "N"),
      places: places.map(function (place) {
        return { name: place.name, rows: place.groups.map(function (one) {
          return { cells: [one.name].concat(answersOf(view).map(function (_, at) { return shareAndMore(view, one, at); }), hasMeans(view) ? one.mean : [], numberText(one.base)), sum: one.total };
        }) };
      })
    };
  }
  function answersByGroup(view, places) {
    return {
      head: ["Svar"].concat(view.groups.map(function (one) { return one.name; })),
      places: places.map(function (place) {
        var rows = answersOf(view).map(function (text, at) {
          return { cells: [text].concat(view.groups.map(function (one) { var same = matching(place.groups, one); return same ? shareAndMore(view, same, at) : ""; })) };
        });
        rows.push({ cells: ["N"].concat(view.groups.map(function (one) { var same = matching(place.groups, one); return same ? numberText(same.base) : ""; })), sum: true });
        return { name: place.name, rows: rows };
      })
    };
  }
  function matching(groups, one) { return groups.find(function (other) { return other.total === one.total && (one.total || other.name === one.name); }); }

  function table(view) {
    var content = cells(view), several = content.places.length > 1;
    var head = make("thead", {}, make("tr", {}, content.head.map(function (text) { return make("th", { scope: "col" }, text); })));
    var bodies = content.places.map(function (place) {
      var rows = place.rows.map(function (row) {
        return make("tr", row.sum ? { class: "x-sum" } : {}, row.cells.map(function (text, at) { return at ? make("td", {}, inLines(text)) : make("th", { scope: "row" }, text); }));
      });
      if (several) rows.unshift(make("tr", {}, make("th", { scope: "rowgroup", colspan: content.head.length }, place.name)));
      return make("tbody", {}, rows);
    });
    return make("table", {}, [make("caption", {}, make("span", {}, caption(view))), head].concat(bodies));
  }
  // Intervallet står på en linje for sig under andelen; efter »under« må linjen brydes.
  function inLines(text) {
    var found = /^((?:under|over) )?(.*?)(?: (\(\d+-\d+\)))?$/.exec(text);
    var word = found[1] ? [make("span", { class: "x-word" }, found[1])] : [];
    var range = found[3] ? [" ", make("span", { class: "x-range" }, found[3])] : [];
    return word.concat(found[2], range);
  }
  function notes(view) {
    var used = {};
    view.groups.concat(view.land || []).forEach(function (one) { if (isHidden(one.base)) used[one.base] = true; });
    var lines = Object.keys(used).sort().map(function (letter) { return sign(letter) + " " + book.reasons[letter] + "."; });
    if (view.land && view.groups.length === 1) lines.push("Forskelle er regnet på de viste andele.");
    var several = view.groups.length > 1 || view.question.items, counted = several && countsMatter(view);
    if (counted) lines.push("I parentes: antal svar.");
    if (hasRanges(view) && !(counted && !barred(view))) {
      lines.push((counted ? "Streg ved søjlens ende: " : (several ? "I parentes" : "Interval") + (barred(view) ? " og streg ved søjlens ende: " : ": ")) + view.edition.interval + ".");
    }
    var whole = shownIn(view).every(function (one) { return one.counts.length; });
    var which = ", for grupper og for spørgsmål, som kun nogle fik, rundet til nærmeste ";
    var rounding = whole || book.baseTo === 1 ? "" : which + book.baseTo;
    if (hasMeans(view)) lines.unshift(meanNote(view));
    return lines.concat("N er antallet, der har svaret på spørgsmålet" + rounding + ". " + book.source);
  }

  function meanNote(view) {
    var all = view.groups.concat(view.land || []).filter(function (one) { return one.total && one.mean; });
    var told = view.by ? "" : ": " + all.map(function (one) { return one.name + " " + one.mean; }).join(", ");
    return "Gennemsnit af point med " + "95-procents-interval" + told + ".";
  }

  // ---- tag med ------------------------------------------------------------------------------------------------------

  function say(text) { id("kvittering").textContent = ""; setTimeout(function () { id("kvittering").textContent = text; }, 50); }
  function copyLink() {
    var address = location.href;
    function failed() { say("Linket kunne ikke kopieres. Kopiér det selv: " + address); }
    if (!navigator.clipboard) return failed();
    navigator.clipboard.writeText(address).then(function () { say("Linket er kopieret."); }, failed);
  }
  // Én linje pr. sted, gruppe og svar, som danske regneark læser den: semikolon og decimalkomma.
  function csv(view) {
    var places = [[view.edition.name, view.groups]].concat(view.land ? [[whole(), view.land]] : []), answers = answersOf(view);
    var lines = [["sted", "gruppe", "svar", "antal", "N", "andel (pct.)", "vist som",
      "interval fra (pct.)", "interval til (pct.)", "skjult", "gennemsnit", "id", "kilde"]];
    places.forEach(function (place) {
      place[1].forEach(function (one) {
        if (!answers.length) lines.push([place[0], one.name, "", "", one.base, "", "", "", "", "", one.mean, one.meanId, book.source]);
        answers.forEach(function (text, at) {
          lines.push([place[0], one.name, text].concat(numbersIn(one, at), one.mean, one.ids[at], book.source));
        });
      });
    });
    return lines.map(function (values) {
      return values.map(function (value) { return /[";]/.test(value) ? '"' + String(value).replace(/"/g, '""') + '"' : value; }).join(";");
    }).join("\r\n") + "\r\n";
  }
  // En andel, der kun er under eller over noget, har intet tal at regne med.
  function numbersIn(one, at) {
    if (isHidden(one.base)) return ["", "", "", "", "", "", book.reasons[one.base]];
    var cell = one.cells[at], count = one.counts.length ? one.counts[at] : "";
    return [count, one.base, isOpen(cell) ? "" : figure(cell), told(cell)].concat(one.ends[at] || ["", ""], "");
  }
  function saveCsv(view) {
    var blob = new Blob(["\ufeff" + csv(view)], { type: "text/csv;charset=utf-8" }), address = URL.createObjectURL(blob);
    var link = make("a", { href: address, download: [view.choice.question, view.choice.by, view.choice.edition].filter(Boolean).join("-") + ".csv" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
    say("Tallene er hentet som CSV.");
  }

  // ---- i gang -------------------------------------------------------------------------------------------------------

  function show() {
    var choice = choiceFromAddress();
    load(choice, choice.edition, function () {
      load(choice, book.country, function () {
        if (addressOf(choice) !== addressOf(choiceFromAddress())) return; // et nyere valg er på vej
        fillForm(choice);
        id("undersoegelse").value = choice.survey;
        id("spoergsmaal").value = choice.question;
        id("udgave").value = choice.edition;
        id("landet").checked = choice.land;
        id("landet-navn").textContent = "Vis også " + wholeInText();
        id("landet-felt").hidden = choice.edition === book.country;
        fillBreakdowns(choice);
        choice.by = id("opdeling").value;
        id("valg").hidden = id("resultat").hidden = false;
        document.title = label(book.questions[choice.question]) + " · " + (book.apart ? capital(book.unit.all) : editionOf(choice.edition).name) + " · " + TITLE;
        id("kvittering").textContent = "";
        render(choice);
      });
    });
  }

  // Det længste varsel står der fra begyndelsen; et kortere flytter ikke siden.
  if (id("varsel")) id("varsel").parentElement.style.minHeight = id("varsel").parentElement.offsetHeight + "px";
  fillSurveys();
  id("valg").addEventListener("change", function () { location.hash = addressOf(choiceOf(new URLSearchParams(addressOf(choiceFromForm()).slice(1)))); });
  id("valg").addEventListener("submit", function (event) { event.preventDefault(); });
  id("kopier").addEventListener("click", copyLink);
  window.addEventListener("hashchange", show);
  show();
})();
