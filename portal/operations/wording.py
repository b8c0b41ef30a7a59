"""The texts of a thing, language by language: the original first, of the translations only what has changed.

`approved` are the languages of which readers may see what is given; None: those of all that is written anew. The
search learns of it from whoever calls, who says once what changed.
"""

from portal.models import TextState
from portal.operations import texts


def save_titles(thing, titles, approved=None, *, changes_meaning=True, by):
    """Save titles and summaries, {language: {field: text}}; readers see the original and what is approved."""
    original, states = thing.original_language, _states(thing, texts.CARD)
    changed = {
        code: any((getattr(thing, f"{field}_{code}") or "") != text for field, text in values.items())
        for code, values in titles.items()
    }
    first = {code: values for code, values in titles.items() if code == original}
    texts.save_texts(thing, first, changes_meaning=changes_meaning, is_all=False, by=by)
    for code in titles.keys() - {original}:
        if _is_due(states.get(code), any(titles[code].values()), changed[code], approved, code):
            may_be_read = _may_be_read(approved, code)
            texts.save_texts(thing, {code: titles[code]}, approve=may_be_read, is_all=False, by=by)


def save_bodies(thing, bodies, approved=None, *, changes_meaning=True, by):
    """Save long texts, {language: Markdown}; readers see the original and what is approved."""
    before = {body.language: body.markdown for body in thing.bodies.all()}
    original, states = thing.original_language, _states(thing, texts.BODY)
    for code in sorted(bodies, key=lambda code: code != original):
        is_due = is_changed = bodies[code] != before.get(code, "")
        if code != original:
            is_due = _is_due(states.get(code), bool(bodies[code]), is_changed, approved, code)
        if is_due:
            may_be_read = _may_be_read(approved, code)
            texts.save_body(
                thing,
                code,
                bodies[code],
                approve=may_be_read,
                changes_meaning=changes_meaning,
                is_all=False,
                by=by,
            )


def _states(thing, group):
    """How far each translation had come: one that a new meaning makes stale now is not approved by a box ticked before."""
    if thing.pk is None:
        return {}
    return dict(thing.text_states.filter(group=group).values_list("language", "state"))


def _may_be_read(approved, code):
    return approved is None or code in approved


def _is_due(state, has_text, is_changed, approved, code):
    """Whether a translation is to be saved: it changed, or its approval was given or taken back."""
    was_approved = state == TextState.State.APPROVED
    if approved is None or is_changed:
        return is_changed
    return has_text and not was_approved if code in approved else was_approved
