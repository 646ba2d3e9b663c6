"""Operations by the part of the organisation's running they are: production, inventory, quality, logistics, service."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.names import TEXT, spellings, unified

FUNCTION_WORDS: Mapping[str, Mapping[str, str]] = {
    "Production": {
        "en": "production|manufactur|assembly|assembling|fabricat|machining",
        "de": "produktion|fertigung|herstellung|montage",
        "fr": "production|fabrication|assemblage|usinage",
        "es": "produccion|fabricacion|ensamblaje|montaje",
        "pt": "producao|fabricacao|fabrico|montagem",
        "it": "produzione|fabbricazione|assemblaggio|montaggio",
        "nl": "productie|vervaardiging|assemblage",
    },
    "Inventory": {
        "en": "inventory|inventories|stock|stocktak|warehous|replenish|cycle count",
        "de": "lager|bestandsfuhrung|inventur|vorrat",
        "fr": "inventaire|stock|entrepot|magasinage",
        "es": "inventario|existencias|almacen",
        "pt": "inventario|estoque|armazem|armazenagem",
        "it": "inventario|magazzino|giacenz|scorte",
        "nl": "voorraad|magazijn|inventarisatie",
    },
    "Quality control": {
        "en": "quality|qc|calibrat|acceptance test|inspection|goods inward check",
        "de": "qualitat|kalibrier|warenprufung|wareneingangsprufung|endprufung",
        "fr": "qualite|etalonnage|inspection",
        "es": "calidad|calibracion|inspeccion",
        "pt": "qualidade|calibracao|inspecao",
        "it": "qualita|taratura|collaudo|ispezion",
        "nl": "kwaliteit|keuring|kalibratie|inspectie",
    },
    "Logistics": {
        "en": "logistic|transport|shipping|shipment|dispatch|freight|haulage|distribution|fleet",
        "de": "logistik|versand|spedition|fracht|fuhrpark|transport",
        "fr": "logistique|expedition|livraison|transport|fret",
        "es": "logistica|envio|transporte|reparto|flota",
        "pt": "logistica|expedicao|transporte|frota",
        "it": "logistica|spedizion|trasport|consegn",
        "nl": "logistiek|verzending|expeditie|vervoer|transport|wagenpark",
    },
    "Service": {
        "en": "service desk|help ?desk|support|customer|complaint|hotline|call cent|contact cent"
        "|service request|incident",
        "de": "kundendienst|kundenservice|beschwerde|hotline|support|servicedesk|benutzerbetreuung|storungs",
        "fr": "service client|assistance|reclamation|depannage|support|accueil",
        "es": "atencion al|soporte|mesa de ayuda|reclamacion|quejas|asistencia",
        "pt": "atendimento|suporte|reclamac|assistencia|central de servico",
        "it": "assistenza|reclam|supporto|servizio clienti",
        "nl": "klantenservice|klacht|helpdesk|ondersteuning|servicedesk|storing",
    },
}
"""Function -> language -> how the words begin that tell it; accents and capitals do not count."""

BY_REGISTER, BY_WORDS = "Register", "Words"
_TOLD_BY = ["", BY_REGISTER, BY_WORDS]
"""What tells an item's function: its own column, or words of its title, else of its department or team."""


def functions_of(items: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    """`function` and `told_by` of each item (categories in the order of the alphabet), both "" where nothing tells.

    `named`: the register's own column, which comes first and keeps its words. Else the first word of FUNCTION_WORDS
    in the title tells, then in the team, then in the department.
    """
    printed = spellings([named]) | spellings([pd.Series(list(FUNCTION_WORDS), dtype=TEXT)])
    names = pd.Index(sorted({"", *FUNCTION_WORDS, *printed.values()}), dtype=TEXT)
    code = _numbers(unified(named, printed), names)
    told_by = np.where(code > 0, _TOLD_BY.index(BY_REGISTER), 0)
    for column in ("title", "team", "department"):
        silent = np.flatnonzero(code == 0)
        code[silent] = _numbers(_told(items[column].take(silent)), names)
    told_by = np.where((told_by == 0) & (code > 0), _TOLD_BY.index(BY_WORDS), told_by)
    columns = {"function": (code, names), "told_by": (told_by, pd.Index(_TOLD_BY, dtype=TEXT))}
    said = {name: pd.Categorical.from_codes(codes, texts) for name, (codes, texts) in columns.items()}
    return pd.DataFrame(said, index=items.index)


def _numbers(texts: pd.Series, names: pd.Index) -> npt.NDArray[np.int64]:
    codes, distinct = pd.factorize(texts)
    return np.asarray(names.get_indexer(pd.Index(distinct)), dtype=np.int64)[codes]


def _told(texts: pd.Series) -> pd.Series:
    """The function that the words of each text tell, "" for none; most of them, in plain letters, as a whole column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = pa.chunked_array(pa.array(texts.array)).combine_chunks().fill_null("").dictionary_encode()
    distinct = coded.dictionary
    plain = pc.replace_substring_regex(pc.ascii_lower(distinct), _BLANKS, " ")
    looked_at = pc.or_(pc.match_substring_regex(plain, _BEGINS.pattern), pc.invert(pc.string_is_ascii(distinct)))
    found = [_function_in(text) for text in distinct.filter(looked_at).to_pylist()]
    silent = pa.array([""] * len(distinct), pa.large_string())
    told = pc.replace_with_mask(silent, looked_at, pa.array(found, silent.type))
    return pd.Series(told.take(coded.indices), index=texts.index, dtype=TEXT)


def _bare(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


_EACH = "|".join(f"(?P<f{at}>{_bare('|'.join(words.values()))})" for at, words in enumerate(FUNCTION_WORDS.values()))
_BEGINS = re.compile(rf"\b(?:{_EACH})")
_BLANKS = r"[\t\n\x0b\x0c\r\x1c-\x1f ]+"
"""What `str.split` parts plain texts at."""
_NAMES = tuple(FUNCTION_WORDS)


def _function_in(text: str) -> str:
    found = _BEGINS.search(_bare(text))
    return _NAMES[int(str(found.lastgroup)[1:])] if found else ""
