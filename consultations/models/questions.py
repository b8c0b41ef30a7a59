"""What a coordinator asks: of organizations that register for a consultation, or that answer a call."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.models.calls import Call
from consultations.models.consultations import Consultation
from consultations.models.registrations import Registration
from portal import clock, languages
from portal.models import Belongs, Objective, Process, StoredFile, has_words

YES, NO = "yes", "no"
SAID = {YES: pgettext_lazy("an answer", "Yes"), NO: pgettext_lazy("an answer", "No")}
KEY_LENGTH = 12


class Worded(models.Model):
    """Something whose words have a column for each language; what is written in any of them may be read."""

    class Meta:
        abstract = True

    def text(self, field, language):
        """Return the Text of a field: in the language, else in the original, else in any."""
        texts = {code: getattr(self, f"{field}_{code}") for code in languages.CODES}
        return languages.best(texts, language, self.original_language)

    def set_text(self, field, language, text):
        """Write a text in a language; an empty one is none."""
        setattr(self, f"{field}_{language}", text or None)


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of the consultations and the calls that the reader sees."""
        return self.filter(
            Q(consultation__in=Consultation.objects.visible_to(reader))
            | Q(call__in=Call.objects.visible_to(reader))
        )

    def of(self, owner):
        """Those of a consultation (asked in registering) or of a call (for input), in order."""
        name = "consultation" if isinstance(owner, Consultation) else "call"
        return self.filter(**{name: owner}).in_order()

    def in_order(self):
        return self.order_by("number")

    def asked(self):
        """Those that are still asked."""
        return self.filter(retired_at__isnull=True)

    def as_form(self):
        """The prefetch plan of a form that asks them, and of a page that shows what was answered."""
        return self.select_related("shown_if").prefetch_related("options", "shown_if__options")


class Question(Belongs, Worded):
    """A question of a consultation, asked in registering, or of a call, asked for input.

    It may be asked only of those who chose something in an earlier question of the same owner. Once somebody has
    answered it, it is never deleted: retired, it is asked no more, and its answers stay.
    """

    class Kind(models.TextChoices):
        LINE = "line", _("One line of text")
        PARAGRAPH = "paragraph", _("Several lines of text")
        CHOICE = "choice", _("One of several choices")
        CHOICES = "choices", _("Any of several choices")
        YES_NO = "yes-no", _("Yes or no")
        FILE = "file", _("A file")

    ABOVE = ("consultation", "call")
    WRITTEN = (Kind.LINE, Kind.PARAGRAPH)
    WITH_OPTIONS = (Kind.CHOICE, Kind.CHOICES)
    CHOSEN = (*WITH_OPTIONS, Kind.YES_NO)  # others may depend on their answers

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, null=True, blank=True, related_name="questions"
    )
    call = models.ForeignKey(Call, on_delete=models.CASCADE, null=True, blank=True, related_name="questions")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LINE)
    original_language = models.CharField(max_length=12, default="en")
    prompt = models.CharField(_("question"), max_length=500, blank=True)
    help = models.TextField(_("help"), blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    max_length = models.PositiveIntegerField(_("characters at most"), null=True, blank=True)
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    shown_if = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="dependants"
    )
    # Keys of options of that question, or "yes", or "no": whoever chose any of them is asked.
    shown_for = ArrayField(models.CharField(max_length=KEY_LENGTH), default=list, blank=True)
    text_states = GenericRelation("portal.TextState")
    retired_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("question"), _("questions")
        constraints = [
            models.CheckConstraint(
                name="question_is_of_a_consultation_or_a_call",
                condition=Q(consultation__isnull=False, call__isnull=True)
                | Q(consultation__isnull=True, call__isnull=False),
            ),
            models.CheckConstraint(
                name="question_depends_on_an_answer",
                condition=Q(shown_if__isnull=True, shown_for=[])
                | Q(shown_if__isnull=False) & ~Q(shown_for=[]),
            ),
            models.CheckConstraint(
                name="question_depends_on_another",
                condition=Q(shown_if__isnull=True) | ~Q(shown_if=models.F("pk")),
            ),
            models.CheckConstraint(
                name="question_has_prompt",
                condition=has_words("prompt"),
            ),
            # At the end of a transaction: moving one changes two.
            models.UniqueConstraint(
                name="question_number_in_consultation",
                fields=["consultation", "number"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                name="question_number_in_call",
                fields=["call", "number"],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return self.text("prompt", "en").text

    def get_absolute_url(self):
        """Where its coordinators see it among the others."""
        of = "consultation" if self.consultation_id else "call"
        return reverse(f"consultations:{of}-questions", args=[self.owner.key])

    @property
    def owner(self):
        """The consultation or the call that asks it."""
        return self.consultation or self.call

    @property
    def written_in(self):
        """The languages in which it can be read."""
        return [code for code in languages.CODES if getattr(self, f"prompt_{code}")]

    def words_in(self, language):
        """All that it says in a language, by marks that stay: {mark: words}, "" where there are none."""
        words = {name: getattr(self, f"{name}_{language}") or "" for name in ("prompt", "help")}
        options = {f"option-{row.key}": getattr(row, f"label_{language}") or "" for row in self.in_order}
        return words | options

    @property
    def field_name(self):
        """The name under which a form asks it."""
        return f"q_{self.key.hex}"

    @property
    def is_asked(self):
        return self.retired_at is None

    def choices(self, language):
        """What can be chosen: [(key, words)]."""
        if self.kind == self.Kind.YES_NO:
            return list(SAID.items())
        return [(option.key, option.text("label", language).text) for option in self.in_order]

    @property
    def in_order(self):
        """Its options; sorted here, since they are prefetched."""
        return sorted(self.options.all(), key=lambda option: option.number)

    def applies(self, chosen):
        """Whether it is asked of who chose this before: {question pk: keys}."""
        return self.shown_if_id is None or bool({*self.shown_for} & {*(chosen.get(self.shown_if_id) or ())})


def applying(questions, chosen):
    """Those questions, in order, that are asked of who chose this: {question pk: keys}.

    What was chosen in a question that is itself not asked counts for nothing.
    """
    asked, counted = [], {}
    for question in sorted(questions, key=lambda question: question.number):
        if question.applies(counted):
            asked.append(question)
            counted[question.pk] = chosen.get(question.pk, ())
    return asked


class Option(Worded):
    """One of the things that can be chosen in answering a question.

    Its key is short, unique in its question, and kept by copies of it: in forms, answers, files and conditions.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(max_length=KEY_LENGTH)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(_("label"), max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("option"), _("options")
        constraints = [
            models.UniqueConstraint(name="option_key_in_question", fields=["question", "key"]),
            models.UniqueConstraint(
                name="option_number_in_question",
                fields=["question", "number"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="option_has_label",
                condition=has_words("label"),
            ),
        ]

    def __str__(self):
        return self.text("label", "en").text

    @property
    def original_language(self):
        return self.question.original_language


class Answer(models.Model):
    """What was answered to one question: written, chosen, or given as a file. Its owner is for subclasses to say.

    A subclass has a foreign key to who answers (a registration, a contribution), and a UniqueConstraint on it with
    the question.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT)
    text = models.TextField(blank=True)
    chosen = ArrayField(models.CharField(max_length=KEY_LENGTH), default=list, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12, blank=True)  # in which it was written

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_says_one_thing",
                condition=Q(text__gt="", chosen=[], file__isnull=True)
                | (Q(text="", file__isnull=True) & ~Q(chosen=[]))
                | Q(text="", chosen=[], file__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.question}: {self.pk}"

    @property
    def direction(self):
        return languages.direction(self.language)

    def said(self, language=None):
        """The answer in words, what was chosen in the reader's language or another; of a file, its name."""
        if self.file_id:
            return self.file.name
        if not self.chosen:
            return self.text
        words = dict(self.question.choices(language or get_language()))
        return ", ".join(str(words.get(key, key)) for key in self.chosen)


class RegistrationAnswerQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of one's own organizations, and those that one coordinates: a delegate who is sent sees none."""
        if reader.coordinates_everything:
            return self
        return self.filter(
            Q(registration__organization_id__in=reader.organizations.keys())
            | Q(registration__consultation_id__in=reader.scope_ids(Consultation))
            | Q(registration__consultation__process_id__in=reader.scope_ids(Process))
        )

    def as_answered(self):
        """The prefetch plan of answers on a page or in a file, in the order of the questions."""
        return (
            self.select_related("question", "file")
            .prefetch_related("question__options")
            .order_by("question__number", "pk")
        )


class RegistrationAnswer(Answer):
    """What an organization answered in registering."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")

    objects = RegistrationAnswerQuerySet.as_manager()

    class Meta(Answer.Meta):
        verbose_name, verbose_name_plural = _("answer"), _("answers")
        constraints = [
            *Answer.Meta.constraints,
            models.UniqueConstraint(
                name="registrationanswer_is_one_per_question", fields=["registration", "question"]
            ),
        ]

    def get_absolute_url(self):
        return reverse("consultations:registration-file", args=[self.key])


class KeptFileQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those that this person has sent."""
        return self.filter(sent_by=reader.user) if reader.user else self.none()


class KeptFile(models.Model):
    """A file that came with a form that was sent back: kept for its sender until the form goes through, for a day."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=clock.now, editable=False)

    objects = KeptFileQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("file of an unsent form"), _("files of unsent forms")

    def __str__(self):
        return str(self.file)
