"""The texts of a thing, language by language: the original first, of the translations only what has changed."""

from portal.models import TextState
from portal.operations import texts


def save_titles(thing, titles, approved, *, changes_meaning=True, by):
    """Save titles and summaries, {language: {field: text}}; readers see the original and what is approved."""
    changed = {
        code: any((getattr(thing, f"{field}_{code}") or "") != text for field, text in values.items())
        for code, values in titles.items()
    }
    original = thing.original_language
    texts.save_texts(thing, {original: titles[original]}, changes_meaning=changes_meaning, by=by)
    states = dict(thing.text_states.filter(group=texts.CARD).values_list("language", "state"))
    for code in titles.keys() - {original}:
        is_approved = code in approved
        if _is_due(states.get(code), any(titles[code].values()), changed[code], is_approved):
            texts.save_texts(thing, {code: titles[code]}, approve=is_approved, by=by)


def save_bodies(thing, bodies, approved, *, changes_meaning=True, by):
    """Save long texts, {language: Markdown}; readers see the original and what is approved."""
    before = {body.language: body.markdown for body in thing.bodies.all()}
    states = dict(thing.text_states.filter(group=texts.BODY).values_list("language", "state"))
    original = thing.original_language
    for code in sorted(bodies, key=lambda code: code != original):
        is_changed, is_approved = bodies[code] != before.get(code, ""), code in approved
        is_due = is_changed
        if code != original:
            is_due = _is_due(states.get(code), bool(bodies[code]), is_changed, is_approved)
        if is_due:
            texts.save_body(
                thing, code, bodies[code], approve=is_approved, changes_meaning=changes_meaning, by=by
            )


def _is_due(state, has_text, is_changed, is_approved):
    """Whether a translation is to be saved: it changed, or its approval was given or taken back."""
    was_approved = state == TextState.State.APPROVED
    if is_approved:
        return is_changed or (has_text and not was_approved)
    return is_changed or was_approved
