"""Fictitious texts in four languages, and what a person would type to find them again.

Written before the search was tuned, and not after what it finds: a text is a title and a summary under a word of its
own, a question names the texts that answer it, any of which may stand first.
"""

TEXTS = {
    "en": {
        "detention": (
            "Alternatives to immigration detention",
            "What eight cities learned when they housed families instead of locking them up.",
        ),
        "fees": (
            "Who pays for the job? Recruitment fees and debt",
            "Workers repay agents for years; the employer should pay.",
        ),
        "remittances": (
            "Sending money home at a lower price",
            "Costs of remittances in rural corridors, and how post offices bring them down.",
        ),
        "return": (
            "Safe and dignified return and reintegration",
            "Objective 21 in practice: what those who came back say of their first year.",
        ),
        "children": (
            "Children on the move",
            "Guardians, schooling and the best interests of the child at borders.",
        ),
        "data": (
            "Counting people: migration data and privacy",
            "How statistics are gathered without handing them to the police.",
        ),
        "climate": (
            "Leaving a drowning coast",
            "Disasters, climate change and pathways for those who must go.",
        ),
        "health": (
            "Health care without papers",
            "Clinics that treat undocumented patients and report nobody.",
        ),
        "objective7": (
            "Briefing on Objective 7: reducing vulnerabilities",
            "A short guide for national consultations.",
        ),
        "forum": (
            "Road to the International Migration Review Forum",
            "Dates and steps on the way to the IMRF.",
        ),
        "smuggling": (
            "Saving lives at sea",
            "Search and rescue, smugglers and the criminalisation of solidarity.",
        ),
        "domestic": (
            "Domestic workers organise",
            "Women employed in private households win contracts and days off.",
        ),
    },
    "fr": {
        "detention": (
            "Solutions de rechange à la rétention des étrangers",
            "Ce que huit villes ont appris en logeant les familles au lieu de les enfermer.",
        ),
        "fees": (
            "Qui paie l’emploi ? Frais de recrutement et endettement",
            "Les travailleurs remboursent les agents pendant des années.",
        ),
        "remittances": (
            "Envoyer de l’argent au pays à moindre coût",
            "Le prix des transferts dans les régions rurales.",
        ),
        "return": (
            "Retour digne et réintégration durable",
            "L’objectif 21 en pratique : la première année racontée par celles et ceux qui sont rentrés.",
        ),
        "children": (
            "Les enfants en déplacement",
            "Tuteurs, école et intérêt supérieur de l’enfant aux frontières.",
        ),
        "data": (
            "Compter sans ficher : données migratoires et vie privée",
            "Produire des statistiques sans les livrer à la police.",
        ),
        "climate": (
            "Quitter une côte qui se noie",
            "Catastrophes, changement climatique et voies de départ.",
        ),
        "health": (
            "Se soigner sans papiers",
            "Des dispensaires qui accueillent chacun et ne dénoncent personne.",
        ),
        "objective7": (
            "Note sur l’objectif 7 : réduire les vulnérabilités",
            "Un guide bref pour les consultations nationales.",
        ),
        "forum": (
            "Vers le Forum d’examen des migrations internationales",
            "Dates et étapes qui mènent au FEMI.",
        ),
        "smuggling": ("Sauver des vies en mer", "Secours, passeurs et délit de solidarité."),
        "domestic": (
            "Les travailleuses domestiques s’organisent",
            "Des femmes employées chez des particuliers obtiennent contrats et jours de repos.",
        ),
    },
    "es": {
        "detention": (
            "Alternativas a la detención de migrantes",
            "Lo que ocho ciudades aprendieron al alojar a las familias en vez de encerrarlas.",
        ),
        "fees": (
            "¿Quién paga el empleo? Comisiones de contratación y deudas",
            "Los trabajadores devuelven dinero a los agentes durante años.",
        ),
        "remittances": ("Enviar remesas a menor precio", "El costo de mandar dinero en las zonas rurales."),
        "return": (
            "Retorno digno y reintegración",
            "El objetivo 21 en la práctica: el primer año de quienes volvieron.",
        ),
        "children": ("Niñez en movimiento", "Tutores, escuela e interés superior del niño en las fronteras."),
        "data": (
            "Contar sin fichar: datos migratorios y privacidad",
            "Estadísticas que no acaban en manos de la policía.",
        ),
        "climate": (
            "Dejar una costa que se hunde",
            "Desastres, cambio climático y vías para quienes deben partir.",
        ),
        "health": ("Atención médica sin papeles", "Clínicas que atienden a todos y no denuncian a nadie."),
        "objective7": (
            "Nota sobre el objetivo 7: reducir las vulnerabilidades",
            "Una guía breve para las consultas nacionales.",
        ),
        "forum": ("Camino al Foro de Examen de la Migración Internacional", "Fechas y pasos hacia el FEMI."),
        "smuggling": ("Salvar vidas en el mar", "Rescate, traficantes y criminalización de la solidaridad."),
        "domestic": (
            "Las trabajadoras del hogar se organizan",
            "Mujeres empleadas en casas particulares logran contratos y días libres.",
        ),
    },
    "ar": {
        "detention": ("بدائل احتجاز المهاجرين", "ما تعلمته ثماني مدن حين آوت الأسر بدل حبسها."),
        "fees": ("من يدفع ثمن الوظيفة؟ رسوم الاستقدام والديون", "يسدد العمال ديونهم للوسطاء سنوات طويلة."),
        "remittances": (
            "إرسال الأموال إلى الوطن بكلفة أقل",
            "أسعار التحويلات في المناطق الريفية ودور مكاتب البريد.",
        ),
        "return": ("العودة الكريمة وإعادة الإدماج", "الهدف ٢١ في الواقع: السنة الأولى كما يرويها العائدون."),
        "children": ("أطفال على الطريق", "الأوصياء والمدارس ومصلحة الطفل الفضلى على الحدود."),
        "data": ("إحصاء بلا ملاحقة: بيانات الهجرة والخصوصية", "كيف تُجمع الإحصاءات ولا تُسلَّم إلى الشرطة."),
        "climate": ("الرحيل عن ساحل يغرق", "الكوارث وتغير المناخ ومسارات من لا بد لهم من الرحيل."),
        "health": ("الرعاية الصحية بلا أوراق", "عيادات تعالج الجميع ولا تبلّغ عن أحد."),
        "objective7": ("مذكرة حول الهدف 7: الحد من مواطن الضعف", "دليل موجز للمشاورات الوطنية."),
        "forum": ("الطريق إلى منتدى استعراض الهجرة الدولية", "المواعيد والخطوات نحو المنتدى."),
        "smuggling": ("إنقاذ الأرواح في البحر", "البحث والإنقاذ والمهربون وتجريم التضامن."),
        "domestic": ("العاملات في المنازل ينظمن صفوفهن", "نساء يعملن لدى الأسر يحصلن على عقود وأيام راحة."),
    },
}

QUESTIONS = {
    "en": [
        ("alternatives to detention", "detention"),
        ("detained", "detention"),
        ("detenttion", "detention"),
        ("recruitment fee", "fees"),
        ("remittance", "remittances"),
        ("reintegrating", "return"),
        ("children border", "children"),
        ("privacy", "data"),
        ("climat", "climate"),
        ("undocumented patient", "health"),
        ("objective 7", "objective7"),
        ("objective 21", "return"),
        ("IMRF", "forum"),
        ("smuggler", "smuggling"),
        ("houshold workers", "domestic"),
        ("vulnerabilites", "objective7"),
        ("domestic work", "domestic"),
        ("immigraton detention", "detention"),
    ],
    "fr": [
        ("rétention", "detention"),
        ("retention etrangers", "detention"),
        ("frais de recrutement", "fees"),
        ("endettements", "fees"),
        ("transfert", "remittances"),
        ("reintegration", "return"),
        ("enfant", "children"),
        ("donnees", "data"),
        ("donnée migratoire", "data"),
        ("clima", "climate"),
        ("dispensaire", "health"),
        ("objectif 7", "objective7"),
        ("objectif 21", "return"),
        ("FEMI", "forum"),
        ("passeur", "smuggling"),
        ("travailleuse domestique", "domestic"),
        ("vulnerabilite", "objective7"),
        ("réintegrasion", "return"),
    ],
    "es": [
        ("detención", "detention"),
        ("detencion migrante", "detention"),
        ("comisiones contratacion", "fees"),
        ("deuda", "fees"),
        ("remesa", "remittances"),
        ("reintegracion", "return"),
        ("ninez", "children"),
        ("niños", "children"),
        ("datos", "data"),
        ("climatico", "climate"),
        ("clinica", "health"),
        ("objetivo 7", "objective7"),
        ("objetivo 21", "return"),
        ("FEMI", "forum"),
        ("traficante", "smuggling"),
        ("trabajadora hogar", "domestic"),
        ("vulnerabilidad", "objective7"),
        ("reintegrasion", "return"),
    ],
    "ar": [
        ("احتجاز", "detention"),
        ("الاحتجاز", "detention"),
        ("إحتجاز", "detention"),
        ("احتجــاز", "detention"),
        ("اِحْتِجَاز", "detention"),
        ("رسم الاستقدام", "fees"),
        ("دين", "fees"),
        ("تحويلات", "remittances"),
        ("العوده", "return"),
        ("والعودة", "return"),
        ("الأطفال", "children"),
        ("طفل", "children"),
        ("مدرسة", "children"),
        ("البيانات", "data"),
        ("كارثة", "climate"),
        ("الهدف 7", "objective7"),
        ("الهدف ٧", "objective7"),
        ("الهدف 21", "return"),
        ("منتدي", "forum"),
        ("مهرب", "smuggling"),
        ("عقد", "domestic"),
        ("عاملة منزل", "domestic"),
    ],
}
