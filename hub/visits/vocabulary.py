"""The closed lists of a visit and of a question, with their labels."""

from typing import Final

from hub.i18n import N_

CHANNELS: Final = {
    "counter": N_("At the counter"),
    "appointment": N_("By appointment"),
    "phone": N_("By telephone"),
    "message": N_("By message or e-mail"),
    "home_visit": N_("Home visit"),
    "event": N_("Event or market"),
}
TENURES: Final = {
    "social_rent": N_("Social rent"),
    "private_rent": N_("Private rent"),
    "owner": N_("Own home"),
    "owner_association": N_("Own flat (VvE)"),
    "room": N_("Room"),
    "other": N_("Other"),
    "unknown": N_("Not asked"),
}
HEATINGS: Final = {
    "own_boiler": N_("Own boiler"),
    "block": N_("Block heating"),
    "heat_network": N_("Heat network"),
    "electric": N_("Electric, heat pump"),
    "gas_stove": N_("Gas stove"),
    "other": N_("Other"),
    "unknown": N_("Not asked"),
}
HOME_TYPES: Final = {
    "flat": N_("Flat"),
    "maisonette": N_("Ground floor, maisonette"),
    "terraced": N_("Terraced house"),
    "corner": N_("Corner, semi-detached"),
    "detached": N_("Detached house"),
    "other": N_("Other"),
    "unknown": N_("Not asked"),
}
YES_NO_UNKNOWN: Final = {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Not asked")}
URGENCIES: Final = {
    "normal": N_("Normal"),
    "soon": N_("Within 3 working days"),
    "same_day": N_("Today"),
}
TRIGGERS: Final = {
    "letter": N_("A letter"),
    "bill": N_("A bill"),
    "neighbour": N_("A neighbour"),
    "campaign": N_("A campaign"),
    "cold_home": N_("A cold home"),
    "move": N_("Moving house"),
    "sales_pitch": N_("A sales talk"),
    "other": N_("Something else"),
    "unknown": N_("Not asked"),
}
OUTCOMES: Final = {
    "answered": N_("Answered"),
    "partly": N_("Partly answered"),
    "referred": N_("Referred"),
    "handed_over": N_("Handed over"),
    "call_back": N_("Comes back"),
    "not_answered": N_("Not answered"),
}
REASONS: Final = {
    "no_information": N_("No information exists"),
    "depends_on_decision": N_("Depends on a decision"),
    "too_specialised": N_("Too specialised"),
    "language": N_("Language"),
    "visitor_left": N_("Visitor left"),
}

# Languages of conversation beside those of the answers (long list of the dossier).
CONVERSATION_LANGUAGES: Final = (
    "nl", "en", "srn", "pap", "es", "tw", "fr", "pt", "ar", "tr", "ti", "am", "fa", "prs",
    "ur", "hi", "hns", "so", "pl", "uk", "bg", "ro", "ru", "zh-Hans", "djk", "srm", "jvn",
    "gaa", "ee", "ig", "yo", "de", "it", "vi", "id", "ps", "ku", "bn",
)  # fmt: skip
UNDETERMINED: Final = "und"
MOST_QUESTIONS: Final = 5
