"""A word in; whether English or medicine knows it, and what it may be a slip for, out."""

import re
from functools import cache

from spellchecker import SpellChecker

from quizbank.documents.word_sets import word_set

# Word counts of the dictionary's own corpus: a slip is made in a common word, not in a rare one.
_COMMON = 200
_VERY_COMMON = 20_000
_MEDICAL_ENDING = re.compile(
    r"(?:itis|itides|osis|oses|otic|emia|emic|aemia|uria|uric|pathy|pathies|pathic|plasty|plasties|ectomy|ectomies|otomy|otomies|"
    r"ostomy|ostomies|scopy|scopies|scopic|graphy|graphic|gram|grams|ology|ologist|ologic|ological|oma|omas|omata|algia|algic|"
    r"dynia|plegia|plegic|paresis|trophy|trophic|plasia|plastic|penia|penic|philia|cyte|cytes|cytosis|cytic|lysis|lytic|genic|"
    r"genesis|genous|opsy|opia|opic|rrhea|rrhoea|rrhage|rrhagic|rrhaphy|megaly|stenosis|sclerosis|sclerotic|ectasia|ectasis|"
    r"ptosis|toxic|toxicity|static|stasis|tropic|phobia|phagia|phasia|kinesia|edema|oedema|cele|coele|desis|pexy|tripsy|centesis|"
    r"ase|ases|oid|oids|oidal|aceae|cutaneous|vascular|muscular|skeletal|neural|neuronal|cellular|glycemia|natremia|kalemia)$"
)
_DRUG_ENDING = re.compile(
    r"(?:ine|ines|one|ones|ol|ols|ide|ides|ate|ates|mab|nib|pril|sartan|statin|statins|azole|azoles|cillin|cycline|mycin|micin|"
    r"floxacin|vir|oxin|parin|platin|prazole|setron|triptan|gliptin|gliflozin|glutide|dipine|semide|thiazide|lone|sone|pam|lam|"
    r"caine|phylline|terol|tropium|lukast|fibrate|dronate|xaban|gatran|tinib|zumab|ximab|umab|barbital|azine|in|an|am|il|yl|en|"
    r"um|ium|us|ii|ae|ans|ens|is|es)$"
)
_MEDICAL_OPENING = re.compile(
    r"(?:hyper|hypo|hemi|haem|hem|hepat|nephr|neur|cardi|gastr|enter|dermat|derm|oste|arthr|my[oe]|pneum|pulm|bronch|encephal|"
    r"cerebr|crani|thorac|abdomin|pelv|uter|ovar|prostat|vesic|ureter|pyel|glomerul|lymph|splen|thromb|phleb|arteri|ather|angi|"
    r"vas[co]|ventricul|atri|endo|epi|peri|para|intra|inter|supra|infra|sub|trans|retro|ante|anti|contra|extra|ultra|micro|macro|"
    r"mega|poly|oligo|brady|tachy|dys|eu|iso|pseudo|auto|immun|onc|cyt|hist|path|pharmac|psych|electr|echo|radi|fibr|chondr|"
    r"spondyl|lamin|foramin|facet|fasci|adip|lip|gluc|glyc|catechol|cortic|adren|thyr|pancre|chol|bili|col[oi]|rect|proct|laryng|"
    r"pharyng|rhin|ot[oi]|ophthalm|retin|kerat|blephar|myel|mening|gli|astr|melan|carcin|sarc|non|post|pre|multi|un|re|over)"
)
# Stems of procedures, so that a slip in one can be seen and put right ("disectomy").
_STEMS = word_set(
    "append|trachel|lamin|disc|foramin|cholecyst|thyroid|parathyroid|tonsill|adenoid|hyster|oophor|salping|mast|prostat|nephr|splen|"
    "gastr|colon|col|ile|jejun|crani|trache|laryng|pneumon|lob|thorac|lapar|cyst|orchi|vas|hemorrhoid|embol|thromb|endarter|"
    "symphys|corp|oste|ten|menisc|synov|burs|fasci|phleb|vagin|vulv|pancreat|hepat|adrenal|thym|esophag|pyel|lith|mastoid|vitr|"
    "irid|kerat|trabecul|tympan|turbin|ethmoid|sphenoid|uvul|gloss|parotid|sialaden|lymphaden|parathyr|myom|lump|nod|segment|"
    "metatars|astragal|patell|coccyg|facet|rhiz|neur|sympath|vag|cord|chord|commissur|valvul|pericardi|pleur|decort"
)
_PROCEDURE = re.compile(
    r"(?P<opening>micro|hemi|mini|endo|post|bi|sub)?(?P<stem>[a-z]{3,12})(?P<ending>ectom(?:y|ies)|otom(?:y|ies))"
)
_BRITISH = (
    ("ae", "e"),
    ("oe", "e"),
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ll", "l"),
)
# Latin and Greek that stands in English medical prose, British spellings, terms of care and names: no slips, though near one.
_ACCEPTED = word_set(
    "ductus|versa|vitro|vivo|situ|utero|arteriosus|ovale|vera|rubra|magnum|magna|cava|aorta|tibia|fibula|ulna|humerus|femur|fundus|"
    "ileus|sulcus|gyrus|ramus|corpus|callosum|lutea|luteum|flavum|ligamentum|linea|alba|lata|fascia|vulgaris|aureus|coli|difficile|"
    "pylori|zoster|varicella|rubella|mellitus|insipidus|lupus|tinea|acne|pruritus|tinnitus|vertigo|nevus|nevi|comedo|striae|placenta|"
    "previa|abruptio|accreta|caries|ganglion|ganglia|bursa|bursae|labrum|meniscus|menisci|septum|septa|tropin|"
    "fibre|fibres|calibre|mould|moulds|moulded|programme|programmes|defence|defences|aluminium|jewellery|embolise"
    "|moisturising|moisturiser|visualising|visualised|disorganised|doesn|shouldn|wouldn|couldn|gravis|longus|influenzae"
    "|teres|chiasm|soleus|plastica|imperfecta|dorsi|cardia|spina|migrans|maximus|congenita|venosus|rheumatica|porta|cubitus"
    "|cruzi|chorda|brucei|vivax|tractus|tensa|tarda|superioris|sella|raphe|raphes|processus|plana|orientalis|opponens"
    "|magnus|iliaca|globus|equina|diphtheriae|digiti|densa|conus|arteria|andersoni|vasti|tunica|tropica|torti|subsp"
    "|substantia|stricto|striata|sonnei|solium|pulsus|planus|pestis|parkeri|pancreatica|optica|nervus|minora|mexicana"
    "|maligna|malariae|majora|lucida|livedo|jugulare|incognita|humanus|gigantica|gibbus|flaccida|externa|erecta|epidemica"
    "|duncani|divergens|currens|compacta|colli|chronica|canis|bulbi|autumnale|atrophie|arcus|amygdalae|americanus|ambiguus"
    "|africanus|intubation|intubated|intubating|statin|statins|triptan|triptans|physis|physes|resectable|resective|hilar"
    "|folic|mucinous|heparan|bullous|debride|branchial|intradural|inhibin|fascial|upregulated|sulfated|porin|porins"
    "|ventilatory|transection|transduce|undrained|sublay|onlay|upsize|sickling|sickled|sialin|redox|resorbs|propyl|orthopox"
    "|morular|minibag|mesna|lysing|lipping|introducer|inosculation|incurved|hypoxic|hemithorax|haptoglobin|explantation"
    "|ezrin|coved|coinfection|claudin|cholic|chlamydial|bedsheet|atopy|arrestin|analyte|fibric|resus|blackwater|horner"
    "|gorlin|treacher|rovsing|risser|pompe|marfan|kindler|greig|doyne|destot|darier|canavan|calot|bartter"
)
_SCANNED = (("rn", "m"), ("m", "rn"), ("vv", "w"), ("cl", "d"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def _dictionary() -> dict[str, int]:
    return dict(SpellChecker(language="en", distance=1).word_frequency.dictionary)


def is_known(word: str) -> bool:
    """Tell whether the dictionary has the word, in American or British spelling, plain or inflected."""
    words = _dictionary()
    if word in words or word in _ACCEPTED:
        return True
    if any(
        word.endswith(ending) and word[: -len(ending)] in words
        for ending in ("s", "es", "ed", "ing", "ly", "ness", "al")
    ):
        return True
    return any(old in word and word.replace(old, new) in words for old, new in _BRITISH)


def is_common(word: str) -> bool:
    """Tell whether the word is among those everybody uses."""
    return _dictionary().get(word, 0) >= _VERY_COMMON


def is_medical(word: str) -> bool:
    """Tell whether the word is built like a term or a drug's name, so that no dictionary need have it."""
    if _MEDICAL_ENDING.search(word):
        return True
    return len(word) >= 7 and bool(_MEDICAL_OPENING.match(word)) and bool(_DRUG_ENDING.search(word) or len(word) >= 12)


def correction_of(word: str) -> str:
    """Return the word this one is most likely a slip for, "" if none is plausible; a scanner takes "m" for "rn" and back."""
    procedure = _procedure_correction(word)
    if procedure or is_medical(word):
        return procedure
    words = _dictionary()
    scanned = [word.replace(seen, meant) for seen, meant in _SCANNED if seen in word]
    if meant := [one for one in scanned if words.get(one, 0) >= _COMMON]:
        return meant[0]
    candidates = [(words[slip], slip) for slip in _one_slip_away(word) if words.get(slip, 0) >= _COMMON]
    return max(candidates)[1] if candidates else ""


def _procedure_correction(word: str) -> str:
    match = _PROCEDURE.fullmatch(word)
    if not match or match["stem"] in _STEMS:
        return ""
    near = sorted(slip for slip in _one_slip_away(match["stem"]) if slip in _STEMS and slip[0] == match["stem"][0])
    longer = [slip for slip in near if len(slip) >= 4]
    return f"{match['opening'] or ''}{longer[0]}{match['ending']}" if longer else ""


def _one_slip_away(word: str) -> set[str]:
    """Return the words from which one slip of the hand makes this one; the first letter is seldom wrong."""
    splits = [(word[:index], word[index:]) for index in range(1, len(word) + 1)]
    doubled = {left + right[1:] for left, right in splits if right}
    missing = {left + letter + right for left, right in splits for letter in _LETTERS}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    wrong = {left + letter + right[1:] for left, right in splits if right for letter in _LETTERS}
    return doubled | missing | swapped | (wrong if len(word) >= 6 else set())
