"""Closed lists of English: function words, irregular forms, nouns that do not change."""

from __future__ import annotations

from pipeline.languages.palladius_table import listed, pairs

FUNCTION_WORDS = frozenset(
    listed(
        """
        a an the and or but nor so yet for of in on at to from by with without within into onto upon about
        above below under over between among through during before after since until till against toward
        towards across along around behind beside besides beyond despite except inside outside near off out up
        down via per as than like if unless while when where whether because although though that which who
        whom whose what how why this these those such it its he him his she her hers they them their theirs we
        us our ours you your yours i me my mine is are was were be been being am do does did done has have had
        having will would shall should can could may might must not no both either neither each every all any
        some other another also only even just very more most less least there here then
        """
    )
)

MINOR_IN_TITLES = frozenset(listed("a an the and or but nor for of in on at to from by with as into over per via vs"))
"""Words that stay small inside a title (Chicago Manual of Style 8.159), unless first or last."""

IRREGULAR_PLURALS = pairs(
    """
    man=men; woman=women; child=children; person=people; foot=feet; tooth=teeth; goose=geese; mouse=mice
    ox=oxen; chairman=chairmen; chairwoman=chairwomen; spokesman=spokesmen; spokeswoman=spokeswomen
    congressman=congressmen; statesman=statesmen; fisherman=fishermen; serviceman=servicemen
    analysis=analyses; basis=bases; crisis=crises; thesis=theses; axis=axes; hypothesis=hypotheses
    criterion=criteria; phenomenon=phenomena; datum=data; medium=media; life=lives; wife=wives; knife=knives
    leaf=leaves; half=halves; shelf=shelves; self=selves; wolf=wolves; thief=thieves; loaf=loaves; calf=calves
    hero=heroes; echo=echoes; potato=potatoes; tomato=tomatoes; veto=vetoes; embargo=embargoes; quiz=quizzes
    bus=buses; gas=gases; index=indices; appendix=appendices; matrix=matrices; curriculum=curricula
    memorandum=memorandums; forum=forums; secretary-general=secretaries-general
    attorney-general=attorneys-general
    bacterium=bacteria; millennium=millennia; stratum=strata; erratum=errata; addendum=addenda; alga=algae
    larva=larvae; alumnus=alumni; stimulus=stimuli; nucleus=nuclei; bacillus=bacilli; diagnosis=diagnoses
    prognosis=prognoses; synthesis=syntheses; oasis=oases; parenthesis=parentheses; consortium=consortia
    """
)

LATIN_PLURALS = pairs(
    """
    arboretum=arboreta; oceanarium=oceanaria; dolphinarium=dolphinaria;
    consortium=consortia; symposium=symposia; memorandum=memoranda; millennium=millennia; stadium=stadia
    aquarium=aquaria; curriculum=curricula; index=indices; appendix=appendices; matrix=matrices; formula=formulae
    antenna=antennae; referendum=referenda; podium=podia; gymnasium=gymnasia; planetarium=planetaria
    sanatorium=sanatoria; auditorium=auditoria; moratorium=moratoria; spectrum=spectra; honorarium=honoraria
    syllabus=syllabi; cactus=cacti; fungus=fungi; focus=foci; terminus=termini; radius=radii; nucleus=nuclei
    forum=fora; ultimatum=ultimata; emporium=emporia; terrarium=terraria; solarium=solaria; crematorium=crematoria
    """
)
"""Plurals as Latin has them, each beside one in -s that is as right: consortia and consortiums."""

THIRD_PERSON = pairs(
    """
    is=are; was=were; has=have; does=do; isn't=aren't; wasn't=weren't; hasn't=haven't; says=say; makes=make
    takes=take; gives=give; holds=hold; meets=meet; plays=play; remains=remain; needs=need; includes=include
    continues=continue; requires=require; plans=plan; aims=aim; seeks=seek; calls=call; provides=provide
    becomes=become; comes=come; goes=go; begins=begin; works=work; brings=bring; shows=show; stands=stand
    leads=lead; helps=help; serves=serve; supports=support; covers=cover; grows=grow; develops=develop
    expands=expand; contributes=contribute; faces=face; offers=offer; sets=set; runs=run; depends=depend
    """
)
"""Verb of a singular subject -> that of a plural one."""

UNCHANGED = frozenset(
    listed(
        """
        series species means chassis headquarters crossroads barracks aircraft
        sheep fish deer spacecraft hovercraft people
        police cattle news economics politics physics mathematics athletics ethics statistics logistics
        customs goods thanks equipment information advice progress research work infrastructure software
        hardware cooperation development knowledge training education trade luggage furniture evidence yuan
        renminbi yen won baht
        """
    )
)
"""Nouns without a plural of their own, and those that only have one."""

IRREGULAR_VERBS = pairs(
    """
    was=be; were=be; is=be; are=be; am=be; been=be; being=be; has=have; had=have; having=have; does=do; did=do
    done=do; doing=do; went=go; gone=go; goes=go; said=say; says=say; made=make; took=take; taken=take
    gave=give; given=give; held=hold; met=meet; led=lead; built=build; brought=bring; bought=buy
    thought=think; taught=teach; caught=catch; sought=seek; found=find; kept=keep; felt=feel; left=leave
    meant=mean; sent=send; spent=spend; lent=lend; lost=lose; paid=pay; laid=lay; told=tell; sold=sell
    stood=stand; understood=understand; won=win; began=begin; begun=begin; came=come; became=become; ran=run
    knew=know; known=know; grew=grow; grown=grow; drew=draw; drawn=draw; flew=fly; flown=fly; threw=throw
    thrown=throw; saw=see; seen=see; wrote=write; written=write; spoke=speak; spoken=speak; broke=break
    broken=break; chose=choose; chosen=choose; rose=rise; risen=rise; drove=drive; driven=drive; strove=strive
    striven=strive; upheld=uphold; heard=hear; sat=sit; fought=fight; fell=fall; fallen=fall; forgot=forget
    forgotten=forget; got=get; gotten=get; hid=hide; hidden=hide; swore=swear; sworn=swear
    undertook=undertake; undertaken=undertake; underwent=undergo; overcame=overcome; withdrew=withdraw
    withdrawn=withdraw; lay=lie; lain=lie; dying=die; lying=lie; tying=tie; dealt=deal; developed=develop; used=use
    agreed=agree
    freed=free; guaranteed=guarantee; based=base; born=bear; forged=forge
    """
)
"""Form -> dictionary form."""

SILENT_H = ("hour", "honest", "honor", "honour", "heir", "herb")
CONSONANT_SOUND = ("uni", "use", "usu", "uto", "ura", "uru", "ukr", "eu", "ewe", "one", "once", "uyg", "uig")
"""Openings in a vowel letter that sound as a consonant: a university, a European, a one-off."""
VOWEL_AFTER_UNI = ("unim", "unin", "unid", "unident")
"""uninformed, unimportant: after all a vowel."""
LETTERS_WITH_VOWEL = frozenset("AEFHILMNORSX")
"""Names of letters that begin with a vowel sound: an MP, an SCO member."""
SPOKEN = frozenset(
    listed("NATO UNESCO UNICEF NASA ASEAN APEC BRICS LAN RAM ROM SIM SWIFT SARS NAFTA FIFA FAO LED RCEP MERCOSUR")
)
"""Abbreviations read as words."""
