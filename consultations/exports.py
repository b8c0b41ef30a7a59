"""What a registration answered, as cells of a file."""


def answer_cells(registration, questions, language, site):
    """What a registration answered, a cell for each question; a file by its name and its address."""
    said = {row.question_id: row for row in registration.answered}
    return [answer_cell(said.get(question.pk), language, site) for question in questions]


def answer_cell(answer, language, site):
    if answer is None:
        return ""
    words = answer.said(language)
    return f"{words} {site}{answer.get_absolute_url()}" if answer.file_id else words
