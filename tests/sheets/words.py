"""Short texts in languages that have no shipped answers yet, to test scripts with.

They are test copy in plain words, read by nobody yet; nothing of them is shipped.
"""

from typing import Final

# Title, what to do first, before when, three steps, a thing to bring, an amount's name.
WORDS: Final[dict[str, tuple[str, str, str, tuple[str, ...], str, str]]] = {
    "nl": (
        "Klopt uw termijnbedrag?",
        "Bel uw leverancier",
        "Vóór {date}",
        ("Pak uw jaarafrekening.", "Deel {amount} door 12.", "Bel {phone}."),
        "Uw jaarafrekening",
        "Termijnbedrag",
    ),
    "ar": (
        "هل دفعتك الشهرية صحيحة؟",
        "اتصل بالمورد",
        "قبل {date}",
        ("خذ كشف الحساب السنوي (jaarafrekening).", "اقسم {amount} على 12.", "اتصل على {phone}."),
        "كشف الحساب السنوي",
        "الدفعة الشهرية",
    ),
    "fa": (
        "آیا پرداخت ماهانهٔ شما درست است؟",
        "به تأمین‌کننده زنگ بزنید",
        "پیش از {date}",
        (
            "صورت‌حساب سالانه (jaarafrekening) را بردارید.",
            "{amount} را بر 12 تقسیم کنید.",
            "به شمارهٔ {phone} زنگ بزنید.",
        ),
        "صورت‌حساب سالانه",
        "پرداخت ماهانه",
    ),
    "uk": (
        "Чи правильний ваш щомісячний платіж?",
        "Зателефонуйте постачальнику",
        "До {date}",
        (
            "Візьміть річний рахунок (jaarafrekening).",
            "Поділіть {amount} на 12.",
            "Зателефонуйте за номером {phone}, якщо об’єкт ґрунтовно змінився.",
        ),
        "Річний рахунок",
        "Щомісячний платіж",
    ),
    "pl": (
        "Czy Twoja miesięczna zaliczka się zgadza?",
        "Zadzwoń do dostawcy",
        "Przed {date}",
        (
            "Weź roczne rozliczenie (jaarafrekening).",
            "Podziel {amount} przez 12.",
            "Zadzwoń: {phone}.",
        ),
        "Roczne rozliczenie",
        "Miesięczna zaliczka",
    ),
    "pt": (
        "A sua mensalidade está certa?",
        "Telefone ao fornecedor",
        "Antes de {date}",
        ("Pegue na conta anual (jaarafrekening).", "Divida {amount} por 12.", "Telefone: {phone}."),
        "A conta anual",
        "Mensalidade",
    ),
    "pap": (
        "Bo pago mensual ta korekto?",
        "Yama bo suministradó",
        "Promé ku {date}",
        ("Kue bo kuenta anual (jaarafrekening).", "Dividí {amount} den 12.", "Yama {phone}."),
        "Bo kuenta anual",
        "Pago mensual",
    ),
    "srn": (
        "Yu mun paiman bun?",
        "Bel a kampani",
        "Fosi {date}",
        ("Teki yu yari papira (jaarafrekening).", "Prati {amount} nanga 12.", "Bel {phone}."),
        "Yu yari papira",
        "Mun paiman",
    ),
    "so": (
        "Lacagta aad bishii bixiso ma saxbaa?",
        "Wac shirkadda",
        "Ka hor {date}",
        ("Soo qaado xisaabta sanadka (jaarafrekening).", "U qaybi {amount} 12.", "Wac {phone}."),
        "Xisaabta sanadka",
        "Lacagta bishii",
    ),
    "tw": (
        "Wo bosome biara tua no tɛ anaa?",
        "Frɛ wo adetɔnfo no",
        "Ansa na {date} adu",
        ("Fa wo afe krataa (jaarafrekening).", "Kyɛ {amount} mu 12.", "Frɛ {phone}."),
        "Wo afe krataa",
        "Bosome tua",
    ),
    "am": (
        "ወርሃዊ ክፍያዎ ትክክል ነው?",
        "ለአቅራቢዎ ይደውሉ",
        "ከ {date} በፊት",
        ("የዓመቱን ሂሳብ (jaarafrekening) ይያዙ።", "{amount} ን በ 12 ያካፍሉ።", "በ {phone} ይደውሉ።"),
        "የዓመቱ ሂሳብ",
        "ወርሃዊ ክፍያ",
    ),
    "ti": (
        "ወርሓዊ ክፍሊትኩም ቅኑዕ ድዩ፧",
        "ናብ ኣቕራቢኹም ደውሉ",
        "ቅድሚ {date}",
        ("ዓመታዊ ሕሳብ (jaarafrekening) ሓዙ።", "{amount} ብ 12 ምቐሉ።", "ናብ {phone} ደውሉ።"),
        "ዓመታዊ ሕሳብ",
        "ወርሓዊ ክፍሊት",
    ),
    "hi": (
        "क्या आपकी मासिक किस्त सही है?",
        "आपूर्तिकर्ता को फ़ोन करें",
        "{date} से पहले",
        (
            "वार्षिक हिसाब (jaarafrekening) लें।",
            "{amount} को 12 से भाग दें।",
            "{phone} पर फ़ोन करें, क्षेत्र की शर्तें पूछें।",
        ),
        "वार्षिक हिसाब",
        "मासिक किस्त",
    ),
    "tr": (
        "Aylık ödemeniz doğru mu?",
        "Tedarikçinizi arayın",
        "{date} tarihinden önce",
        (
            "Yıllık hesabı (jaarafrekening) alın.",
            "{amount} tutarını 12’ye bölün.",
            "{phone} arayın.",
        ),
        "Yıllık hesap",
        "Aylık ödeme",
    ),
    "zh-Hans": (
        "您每月的付款对吗？",
        "给供应商打电话",
        "{date}之前",
        ("拿出年度账单（jaarafrekening）。", "把{amount}除以12。", "打电话：{phone}。"),
        "年度账单",
        "每月付款",
    ),
}
