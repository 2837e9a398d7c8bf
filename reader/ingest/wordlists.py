"""The words that the rules for datelines, places and titles know."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


AGENCIES = _words("""
    AA AFP AFX AGI ANI ANP ANSA AP APA APTN BBC BELGA BELTA BLOOMBERG BNS CBC CBS CNA CNBC CNN CP
    CTK DPA DW EFE ERR IANS INTERFAX IRNA ITAR-TASS KCNA KUNA KYODO LETA LUSA MTI NBC NHK NPR NTB
    PA PAP PTI REUTERS RFE/RL RIA RTE SANA SPA SPUTNIK STT TASS TT UKRINFORM UNIAN UPI WAM XINHUA
    YONHAP
""")
"""Agencies and broadcasters, in capitals, that stand in brackets without a place."""

PLACES_IN_CAPITALS = _words("DC DRC NYC UAE UK US USA")
"""Parts of places that stay in capitals."""

SMALL_WORDS = _words("""
    AL AM AN AND AU AUX DA DE DEL DELLA DER DES DI DO DOS DU EN LE LES OF ON SUR THE UPON
""")
"""Words inside the name of a place that are written small."""

NO_PLACES = _words("""
    ADVISORY ALERT ANALYSIS ASEAN BBC BLOG BREAKING BRIEF BRICS CIA COLUMN COMMENT CORRECTED
    CORRECTION COVID CRISIS DEVELOPING EDITORIAL ELECTION EU EXCLUSIVE EXPLAINED EXPLAINER FACTBOX
    FBI FEATURE FIFA FLASH GALLERY GRAPHIC IAEA ICC IMF INTERVIEW INVESTIGATION LATEST LETTER
    LISTEN LIVE MORE NASA NATO NEWS NOTE OBITUARY OECD OPEC OPINION OSCE PHOTOS PICTURES PODCAST
    POLL PREVIEW PROFILE QUOTE RECAP REPORT REPORTS REVIEW SPECIAL SPORT SUMMARY TIMELINE UEFA UN
    UNESCO UNHCR UNICEF UPDATE UPDATED URGENT VIDEO VIEW WAR WATCH WHO WTO
""")
"""What stands in capitals before a dash and is no place: labels of stories, known short names."""

ABBREVIATIONS = _words("""
    adm apr art assoc aug ave bldg blvd brig bros capt cmdr co col corp cpl dec dept dr ed est etc
    feb ft fr gen gov hon inc jan jr jul jun lt ltd maj mar messrs mgr mlle mme mr mrs ms mt mx
    nos nov oct ph pp pres prof pvt rep reps rev sen sens sep sept sgt sr st ste supt treas univ
    vol vs
""")
"""Words, in lower case, after which a full stop does not end a sentence."""
