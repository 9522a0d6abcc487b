"""Routing rules read as logic: which questions they depend on, and whether they hold for one pattern of answers."""

from collections.abc import Mapping

from helpers.survey.codebook import AllRule, AnswerRule, AnyRule, Codebook, FilterRule, NotRule, Rule

Pattern = Mapping[str, str | None]


def holds_for(codebook: Codebook, rule: Rule | None, pattern: Pattern) -> bool:
    """Whether `rule` is true of somebody with this pattern of answers (question to answer; absent or None = not asked)."""
    match rule:
        case None:
            return True
        case AnswerRule(question=question, answers=labels):
            return pattern.get(question) in labels
        case FilterRule(filter=name):
            return holds_for(codebook, codebook.filters[name].rule, pattern)
        case AllRule(all=parts):
            return all(holds_for(codebook, part, pattern) for part in parts)
        case AnyRule(any=parts):
            return any(holds_for(codebook, part, pattern) for part in parts)
        case NotRule(negated=part):
            return not holds_for(codebook, part, pattern)


def depends_on(codebook: Codebook, rule: Rule | None) -> frozenset[str]:
    """The questions whose answers decide `rule`."""
    match rule:
        case None:
            return frozenset()
        case AnswerRule(question=question):
            return frozenset({question})
        case FilterRule(filter=name):
            return depends_on(codebook, codebook.filters[name].rule)
        case AllRule(all=parts) | AnyRule(any=parts):
            return frozenset().union(*(depends_on(codebook, part) for part in parts))
        case NotRule(negated=part):
            return depends_on(codebook, part)


def with_ancestors(codebook: Codebook, ids: frozenset[str]) -> frozenset[str]:
    """These questions together with every question that decides whether they are asked."""
    parents = frozenset().union(*(depends_on(codebook, codebook.question(i).asked_if) for i in ids))
    return ids if parents <= ids else with_ancestors(codebook, ids | parents)


def routing_blocks(codebook: Codebook, stratum: str | None) -> tuple[frozenset[str], ...]:
    """The sets of questions that some rule combines, so that their joint answers decide who is asked; sets do not overlap."""
    blocks: list[frozenset[str]] = []
    for question in codebook.questions:
        deciding = depends_on(codebook, question.asked_if) - {stratum}
        if len(deciding) < 2:
            continue
        merged = with_ancestors(codebook, deciding) - {stratum}
        apart = [block for block in blocks if not block & merged]
        merged = merged.union(*(block for block in blocks if block & merged))
        blocks = [*apart, merged]
    return tuple(blocks)


