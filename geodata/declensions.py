"""How nouns and adjectives are declined in Russian, Ukrainian and Polish: the tables behind `geodata.inflection`.

Regular endings as school grammars give them, and the changes of stems that names of places show.
"""

from __future__ import annotations

# Endings of nouns and adjectives, the longest first, with what takes their place: genitive, dative, accusative,
# instrumental, locative; a slash parts variants.
_RUSSIAN_NOUNS = (
    ("ия", ("ии", "ии", "ию", "ией", "ии")),
    ("ье", ("ья", "ью", "ье", "ьем", "ье")),
    ("ка", ("ки", "ке", "ку", "кой", "ке")),
    ("га", ("ги", "ге", "гу", "гой", "ге")),
    ("ха", ("хи", "хе", "ху", "хой", "хе")),
    ("жа", ("жи", "же", "жу", "жей", "же")),
    ("ча", ("чи", "че", "чу", "чей", "че")),
    ("ща", ("щи", "ще", "щу", "щей", "ще")),
    ("ша", ("ши", "ше", "шу", "шей", "ше")),
    ("а", ("ы", "е", "у", "ой", "е")),
    ("я", ("и", "е", "ю", "ей", "е")),
    ("е", ("я", "ю", "е", "ем", "е")),
    ("о", ("а", "у", "о", "ом", "е")),
    ("й", ("я", "ю", "й", "ем", "е")),
    ("ь", ("и/я", "и/ю", "ь", "ью/ем", "и/е")),
    ("ы", ("/ов", "ам", "ы", "ами", "ах")),
    ("и", ("/ов", "ам", "и", "ами", "ах")),
    ("", ("а", "у", "", "ом", "е/у")),
)
_RUSSIAN_ADJECTIVES = (
    ("ний", ("него", "нему", "ний", "ним", "нем")),
    ("нее", ("него", "нему", "нее", "ним", "нем")),
    ("няя", ("ней", "ней", "нюю", "ней", "ней")),
    ("ый", ("ого", "ому", "ый", "ым", "ом")),
    ("ой", ("ого", "ому", "ой", "ым", "ом")),
    ("ий", ("ого", "ому", "ий", "им", "ом")),
    ("ое", ("ого", "ому", "ое", "ым/им", "ом")),
    ("ая", ("ой", "ой", "ую", "ой", "ой")),
    ("ые", ("ых", "ым", "ые", "ыми", "ых")),
    ("ие", ("их", "им", "ие", "ими", "их")),
)
_UKRAINIAN_NOUNS = (
    ("їв", ("єва", "єву", "їв", "євом", "єві")),
    ("ів", ("ова/єва/ева", "ову/єву", "ів", "овом/євом", "ові/єві/еві")),
    ("хід", ("ходу", "ходу", "хід", "ходом", "ході")),
    ("піль", ("поля", "полю", "піль", "полем", "полі")),
    ("ок", ("ка", "ку", "ок", "ком", "ку")),
    ("ець", ("ця", "цю", "ець", "цем", "ці")),
    ("ія", ("ії", "ії", "ію", "ією", "ії")),
    ("ка", ("ки", "ці", "ку", "кою", "ці")),
    ("га", ("ги", "зі", "гу", "гою", "зі")),
    ("ха", ("хи", "сі", "ху", "хою", "сі")),
    ("ці", ("ць/ців", "цям", "ці", "цями", "цях")),
    ("а", ("и", "і", "у", "ою", "і")),
    ("я", ("і/я", "і/ю", "ю/я", "ею/ям", "і")),
    ("е", ("я", "ю", "е", "ем", "і")),
    ("о", ("а", "у", "о", "ом", "і")),
    ("й", ("я/ю", "ю/єві", "й", "єм", "ї/ю")),
    ("ь", ("і/я", "і/ю", "ь", "ю/ем", "і")),
    ("и", ("/ів", "ам", "и", "ами", "ах")),
    ("", ("а/у", "у", "", "ом", "і/у")),
)
_UKRAINIAN_ADJECTIVES = (
    ("ній", ("нього", "ньому", "ній", "нім", "ньому")),
    ("нє", ("нього", "ньому", "нє", "нім", "ньому")),
    ("ня", ("ньої", "ній", "ню", "ньою", "ній")),
    ("ий", ("ого", "ому", "ий", "им", "ому")),
    ("е", ("ого", "ому", "е", "им", "ому")),
    ("а", ("ої", "ій", "у", "ою", "ій")),
    ("і", ("их", "им", "і", "ими", "их")),
)
_POLISH_NOUNS = (
    ("ów", ("owa", "owowi", "ów", "owem", "owie")),
    ("ód", ("odu", "odowi", "ód", "odem", "odzie")),
    ("ń", ("nia", "niowi", "ń", "niem", "niu")),
    ("ść", ("ścia", "ściowi", "ść", "ściem", "ściu")),
    ("aw", ("awia", "awiowi", "aw", "awiem", "awiu")),
    ("st", ("stu", "stowi", "st", "stem", "ście/szcie")),
    ("ce", ("c", "com", "ce", "cami", "cach")),
    ("ja", ("ji", "ji", "ję", "ją", "ji")),
    ("ia", ("ii/i", "ii/i", "ię", "ią", "ii/i")),
    ("ie", ("ii/i", "iom", "ie", "iami", "iach")),
    ("ga", ("gi", "dze", "gę", "gą", "dze")),
    ("ła", ("ły", "le", "łę", "łą", "le")),
    ("ra", ("ry", "rze", "rę", "rą", "rze")),
    ("ta", ("ty", "cie", "tę", "tą", "cie")),
    ("da", ("dy", "dzie", "dę", "dą", "dzie")),
    ("ca", ("cy", "cy", "cę", "cą", "cy")),
    ("ś", ("si", "si", "ś", "sią", "si")),
    ("ź", ("zi", "zi", "ź", "zią", "zi")),
    ("cz", ("czy", "czy", "cz", "czą", "czy")),
    ("ek", ("ku/ka", "kowi", "ek", "kiem", "ku")),
    ("niec", ("ńca", "ńcowi", "niec", "ńcem", "ńcu")),
    ("ec", ("ca", "cowi", "ec", "cem", "cu")),
    ("ska", ("ski", "sce", "skę", "ską", "sce")),
    ("ka", ("ki", "ce", "kę", "ką", "ce")),
    ("a", ("y", "ie/ze", "ę", "ą", "ie/ze")),
    ("e", ("a", "u", "e", "em", "u")),
    ("o", ("a", "u", "o", "em", "ie")),
    ("y", ("/ów", "om", "y", "ami", "ach")),
    ("ki", ("k/ek", "kom", "ki", "kami", "kach")),
    ("k", ("ku/ka", "kowi", "k", "kiem", "ku")),
    ("g", ("gu", "gowi", "g", "giem", "gu")),
    ("ł", ("łu/ła", "łowi", "ł", "łem", "le")),
    ("r", ("ru/ra", "rowi", "r", "rem", "rze")),
    ("t", ("tu/ta", "towi", "t", "tem", "cie")),
    ("d", ("du/da", "dowi", "d", "dem", "dzie")),
    ("", ("u/a", "owi", "", "em", "ie/u")),
)
_POLISH_ADJECTIVES = (
    ("ki", ("kiego", "kiemu", "ki", "kim", "kim")),
    ("ny", ("nego", "nemu", "ny", "nym", "nym")),
    ("wy", ("wego", "wemu", "wy", "wym", "wym")),
    ("kie", ("kiego", "kiemu", "kie", "kim", "kim")),
    ("ne", ("nego", "nemu", "ne", "nym", "nym")),
    ("na", ("nej", "nej", "ną", "ną", "nej")),
    ("ka", ("kiej", "kiej", "ką", "ką", "kiej")),
    ("wa", ("wej", "wej", "wą", "wą", "wej")),
)

# What the tables cannot undo because the ending alone does not tell the declension: the end of a bent word, and the
# ends that its basic form may have. Vowels come back ("Kopru": Koper) and harden or soften ("Ріг": "Рогу").
_RUSSIAN_STEMS = """
ка:ок ке:ок ку:ок ком:ок ца:ец це:ец цу:ец цом:ец цем:ец ла:ел,ёл ле:ел,ёл лу:ел,ёл лом:ел,ёл
ня:ень не:ень ню:ень нем:ень ями:и ях:и ям:и ов:ы,и ев:и ей:и
"""
_UKRAINIAN_STEMS = """
огу:іг ога:іг озі:іг огом:іг ені:інь еня:інь еню:інь енем:інь ня:ень ні:ень ню:ень нем:ень ту:ет та:ет ті:ет том:ет
ці:ок ці:ка ках:ки ками:ки кам:ки цю:ець ола:іл олі:іл олу:іл осту:іст ості:іст оду:ід оді:ід ода:ід
лі:ла,л зі:за,г сі:са,х ів:и,і ей:і ь:і
"""
_POLISH_STEMS = """
ru:er ra:er rem:er rze:er,ra,r,ro lu:el la:el lem:el łu:eł ła:eł łem:eł le:ł,ła,ło,eł tu:et cie:t,ta,to,et ciu:eć
cu:ec ca:ec cem:ec zy:z,za ży:ż,ża szy:sz,sza rzy:rz,rza czy:cz,cza nia:eń niu:eń niem:eń dnia:deń odzi:ódź odzią:ódź
ci:ć,cia ni:ń,nia wi:w,wia wia:w li:la,l i:j,ja,ia dze:ga,dza ze:za,z se:sa ch:y,i,e ówi:owie ek:ki,ka,ko k:ki,ka,ko
iec:ce,cy ier:ry eł:ły,ła en:ny,na
"""
Endings = tuple[tuple[str, tuple[str, ...]], ...]
# Declined inside, or not like any other.
IRREGULAR = {
    "pl": {
        "Białegostoku": "Białystok",
        "Białemustokowi": "Białystok",
        "Białymstokiem": "Białystok",
        "Białymstoku": "Białystok",
        "Krasnegostawu": "Krasnystaw",
        "Krasnymstawie": "Krasnystaw",
        "Zakopanem": "Zakopane",
        "Niemczech": "Niemcy",
        "Węgrzech": "Węgry",
        "Włoszech": "Włochy",
    },
}


def _stems(rules: str) -> tuple[tuple[str, str], ...]:
    pairs = (rule.split(":") for rule in rules.split())
    return tuple((bent, base) for bent, bases in pairs for base in bases.split(","))


NOUNS: dict[str, Endings] = {"ru": _RUSSIAN_NOUNS, "uk": _UKRAINIAN_NOUNS, "pl": _POLISH_NOUNS}
ADJECTIVES: dict[str, Endings] = {"ru": _RUSSIAN_ADJECTIVES, "uk": _UKRAINIAN_ADJECTIVES, "pl": _POLISH_ADJECTIVES}
STEMS = {"ru": _stems(_RUSSIAN_STEMS), "uk": _stems(_UKRAINIAN_STEMS), "pl": _stems(_POLISH_STEMS)}
