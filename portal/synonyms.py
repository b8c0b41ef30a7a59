"""Words that a stemmer does not bring together although a reader means the same: one table for all languages.

Source: written by hand for this portal, from Arabic's broken plurals and the terms of the field. A line is a family;
whoever types one member also finds the others. A member of two words is looked for as a phrase.
"""

from portal import names

FAMILIES = {
    "ar": """
        طفل أطفال | هدف أهداف | حق حقوق | حد حدود | دولة دول | مدينة مدن | بلد بلدان | أسرة أسر | امرأة المرأة نساء
        رجل رجال | عامل عمال | خطة خطط | قانون قوانين | عقد عقود | دين ديون | رسم رسوم | مدرسة مدارس | كارثة كوارث
        منزل منازل | تقرير تقارير | مبدأ مبادئ | طريق طرق | وثيقة وثائق | شريك شركاء | شاب شباب | مركز مراكز
        برنامج برامج | مشروع مشاريع | مورد موارد | وظيفة وظائف | أجر أجور | خبير خبراء | ضحية ضحايا | حاجز حواجز
        ورشة ورش | وسيط وسطاء | سبب أسباب | شخص أشخاص | عضو أعضاء | مال أموال | روح أرواح | بحر بحار | ساحل سواحل
        معبر معابر | ورقة أوراق | طرف أطراف | وصي أوصياء | فقير فقراء | أجنبي أجانب | مبادرة مبادرات | عائق عوائق
        خطر أخطار مخاطر | قاصر قصر | ميثاق مواثيق | معيار معايير | ممارسة ممارسات | سجن سجون | منطقة مناطق
    """,
    "en": """
        detain detained detention | child children | woman women | person people | deport deportation deportees
        GCM "global compact" | IMRF "review forum" | NGO "civil society" | undocumented irregular
        teach teachers teaching | traffic trafficked trafficking | xenophobia xenophobic
    """,
    "fr": """
        PMM "pacte mondial" | FEMI "forum d'examen" | ONG "société civile" | travail travaux | national nationaux
        détenir détention rétention | enfant enfance
    """,
    "es": """
        PMM "pacto mundial" | FEMI "foro de examen" | ONG "sociedad civil" | niño niña niñez infancia
        detener detenido detención | mujer mujeres
    """,
}
ARTICLES = ("وال", "بال", "فال", "كال", "ال", "لل")


# Letters at the front of an Arabic word that its stemmer takes for a joined particle, unless an article shields them.
TAKEN_FOR_PARTICLES = tuple("وفبكل")


def of(word, language):
    """The other members of the family of a word, and those that need it also with the article."""
    others = [other for other in TABLE[language].get(bare(word, language), ()) if other != word]
    if language != "ar":
        return others
    return others + [f"ال{one}" for one in [word, *others] if one.startswith(TAKEN_FOR_PARTICLES)]


def bare(word, language):
    """A word as the table compares it: folded and, in Arabic, without its article."""
    folded = names.fold(word)
    if language != "ar":
        return folded
    article = next((article for article in ARTICLES if folded.startswith(article) and len(folded) > 4), "")
    folded = folded.removeprefix(article)
    return f"{folded[:-1]}ة" if folded.endswith("ه") else folded


def _families(text):
    """The members of each family; what stands in quotation marks is one member."""
    for line in text.replace("\n", "|").split("|"):
        pieces = line.split('"')
        members = [f'"{piece}"' for piece in pieces[1::2]]
        for piece in pieces[::2]:
            members += piece.split()
        yield members


TABLE = {
    language: {bare(member, language): members for members in _families(text) for member in members}
    for language, text in FAMILIES.items()
}
