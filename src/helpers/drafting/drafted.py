"""A drafted questionnaire: its questions as they are to be written, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from helpers.drafting.background import background, is_municipality
from helpers.drafting.batteries import Block
from helpers.drafting.naming import id_of, plain, short_of, unique
from helpers.drafting.scales import Scale, scale_of
from helpers.importing.wording import folded

FIRST = 12  # letters of the first word of a battery's id, before its items'


@dataclass(frozen=True)
class Guess:
    """One thing that was assumed: of which question or column, what (`kind` and Danish words), and
    on what; `sure` when nothing speaks against it."""

    subject: str
    kind: str
    what: str
    why: str
    sure: bool = True


@dataclass(frozen=True)
class Drafted:
    """A question as the codebook gets it. `items` are (id, wording) of a battery; `rule` is
    the route and `asked_of` its words for readers, `rules` the same of single items, by id."""

    id: str
    block: Block
    short: str
    type: str
    items: tuple[tuple[str, str], ...] = ()
    scale: Scale = Scale()
    role: str = "answer"
    rule: dict | None = None
    asked_of: str = ""
    rules: dict[str, tuple[dict, str]] = field(default_factory=dict)
    why_background: str = ""
    voluntary: bool = False
    theme: int | None = None

    @property
    def text(self) -> str:
        return self.block.text.strip(" -–—") or self.block.text

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its answers."""
        return tuple(name for name, _ in self.items) or (self.id,)

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The export's columns of each of them."""
        return {name: one.columns for name, one in zip(self.ids, self.block.asked)}


def drafted(blocks: Sequence[Block], known: Mapping[str, str]) -> tuple[Drafted, ...]:
    """The questions of some blocks, with ids and short forms of their own. `known` are columns that
    are background for a reason that their words do not show."""
    ids: set[str] = set()
    shorts: set[str] = set()
    made = []
    for block in blocks:
        name = unique(wanted_id(block), ids)
        short = unique_short(short_of(block.text), shorts)
        items = items_of(block, name, ids | {name})
        ids |= {name, *(item for item, _ in items)}
        shorts.add(short)
        made.append(question(block, name, short, items, known))
    return tuple(made)


def wanted_id(block: Block) -> str:
    """The column's own name where it is one; else the first words of the question."""
    names = [one.name for one in block.asked]
    if not block.is_battery:
        return id_of(names[0] or short_of(block.text))
    common = common_beginning([id_of(name) for name in names]) if all(names) else ""
    return common or id_of(short_of(block.text))


def common_beginning(names: Sequence[str]) -> str:
    """What names begin with, to the last underscore or digit that they have in common."""
    start = min(names)
    while start and not all(name.startswith(start) for name in names):
        start = start[:-1]
    return start.rstrip("_0") if len(start.rstrip("_0")) > 1 else ""


def items_of(block: Block, name: str, taken: set[str]) -> tuple[tuple[str, str], ...]:
    """The battery's items with ids: the columns' own names, or the battery's and the item's."""
    items = []
    for one, text in zip(block.asked, block.items):
        own = id_of(one.name) if one.name else f"{name.split('_')[0][:FIRST]}_{id_of(text)}"
        own = unique(own, taken)
        taken = taken | {own}
        items.append((own, text))
    return tuple(items)


def unique_short(short: str, taken: set[str]) -> str:
    if short not in taken:
        return short
    return next(one for number in range(2, 10_000) if (one := f"{short} ({number})") not in taken)


def question(
    block: Block,
    name: str,
    short: str,
    items: tuple[tuple[str, str], ...],
    known: Mapping[str, str],
) -> Drafted:
    """A block as a question with type, scale and role."""
    one = block.asked[0]
    kind = "battery" if items else "multiple" if one.kind in ("multiple", "packed") else "single"
    made = Drafted(name, block, short, kind, items, scale_in(block, kind))
    if is_municipality(block):
        made = replace(made, type="municipality", scale=Scale())
    why = known.get(one.columns[0], "") if kind == "single" else ""
    why = why or ("svarene er kommuner" if made.type == "municipality" else background(block))
    return replace(made, role="background", why_background=why) if why else made


def scale_in(block: Block, kind: str) -> Scale:
    """The scale of a block; of a question with several answers only what is no answer."""
    if kind == "multiple":
        return Scale(dont_know=scale_of(block.options).dont_know)
    if block.order == "numbers":
        return Scale(True, "svarene er tal")
    return scale_of(block.options)


def guesses_of(one: Drafted) -> list[Guess]:
    """What was assumed of a question's own form, before anybody's answers were looked at."""
    said = [type_guess(one)]
    block, scale = one.block, one.scale
    if block.order != "file" and one.type != "municipality":
        sure = bool(block.order) or one.type == "multiple" or len(block.options) < 3
        why = (
            block.order
            if block.order not in ("", "numbers")
            else "svarene er tal"
            if block.order
            else "filen siger ikke svarenes rækkefølge; de hyppigste står først"
        )
        said.append(Guess(one.id, "options", "svarmulighederne er dem, der er givet", why, sure))
    if scale.ordered and one.type != "municipality":
        said.append(scale_guess(one))
    if scale.doubt:
        said.append(Guess(one.id, "scale", "ikke en skala", scale.doubt, False))
    if scale.dont_know:
        said.append(Guess(one.id, "dont_know", f"»{scale.dont_know}« er intet svar", "ordene"))
    if one.role == "background":
        what = "baggrund, som tabeller kan opdeles på"
        said.append(Guess(one.id, "role", what, one.why_background))
    if folded(short_of(block.text).rstrip("… ")) != folded(plain(block.text)):
        said.append(
            Guess(one.id, "short", f"kort form: »{one.short}«", "forkortet af ordlyden", False)
        )
    return said


def type_guess(one: Drafted) -> Guess:
    block, first = one.block, one.block.asked[0]
    if one.type == "battery":
        count = len(one.items)
        why = f"{count} kolonner begynder ens og har de samme svarmuligheder"
        return Guess(one.id, "battery", f"et batteri med {count} udsagn", why)
    if first.kind == "packed":
        return Guess(one.id, "type", "flere svar", "flere svar står i samme celle", False)
    if one.type == "multiple":
        return Guess(one.id, "type", "flere svar", f"{len(first.columns)} kolonner med kryds")
    what = "kommune" if one.type == "municipality" else "ét svar"
    note = f"; {first.note}" if first.note else ""
    known = (
        "filen har etiketter" if block.order == "file" else f"{len(block.options)} forskellige svar"
    )
    return Guess(one.id, "type", what, known + note, not first.note)


def scale_guess(one: Drafted) -> Guess:
    scale = one.scale
    if not scale.positive:
        bare = one.block.order == "numbers" and not one.block.asked[0].note.startswith("alder")
        what = "svarene har en rækkefølge uden positiv ende"
        return Guess(one.id, "scale", what, scale.why, not bare)
    what = f"skala; den positive ende er »{'« og »'.join(scale.positive)}«"
    return Guess(one.id, "scale", what, scale.why)
