"""The words by which reports say who speaks: roles, verbs of speech, and their company."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADS = _set(
    """
    administrator adviser advisor analyst archdeacon assessor assistant attendee auditor
    barrister bishop board-member boy broker buyer captain carer caretaker caseworker ceo
    chair chairman chairperson chairwoman chaplain charity-worker chief cleaner clerk client
    clinician co-ordinator colleague commander commissioner constable consultant contractor
    cook coordinator councillor counsellor dad daughter dean delegate dentist deputy
    detective director doctor driver economist editor educator employee employer engineer
    evaluator executive expert facilitator farmer father firefighter foster-carer founder
    funder geriatrician girl governor gp gps grandmother guardian head head-teacher
    headmaster headmistress headteacher husband informant inspector instructor interviewee
    interviewer judge lawyer lead leader learner lecturer librarian magistrate man manager
    matron mayor medic member mentee mentor midwife minister mother mum navigator neighbour
    nurse observer occupant officer official operator organiser owner paediatrician
    paramedic parent participant partner pastor patient pensioner pharmacist physician
    physiotherapist planner policeman policewoman politician porter postholder practitioner
    president priest principal prisoner producer professional professor psychiatrist
    psychologist pupil receptionist registrar representative researcher resident respondent
    safeguarding-lead scientist secretary senco sergeant service-user shopkeeper sister
    solicitor son specialist spokesman spokesperson spokeswoman sponsor staff stakeholder
    steward student superintendent superior supervisor surgeon surveyor survivor teacher
    technician tenant therapist trader trainee trainer treasurer trustee tutor user vicar
    vice-chair victim visitor volunteer warden wife witness woman worker writer youth
    """
)
# These stand before a role as well: "youth offending team manager", "parent support adviser".
ALSO_DESCRIBE = _set(
    """
    children client family parent patient people police pupil staff student user youth
    """
)
SAID = _set(
    """
    acknowledged acknowledges added adding adds admits admitted admitting agree agreed
    agreeing agrees announced announces answered answers argue argued argues arguing asked
    asking asks believe believed believes called calls characterised claim claimed claims
    commented commenting comments complained complains conceded concedes concluded concludes
    confirmed confirms contended continued continues continuing declared declares describe
    described describes describing doubted doubts emphasised emphasises explained explaining
    explains expressed expresses feared fears feel feels felt goes had hoped hopes insisted
    insists interjected interrupted joked jokes lamented laughed laughs likened made
    maintained maintains mentioned mentions muttered noted notes noting objected objects
    observed observes offered pointed points protested protests put puts putting questioned
    questions quipped read reads recalled recalling recalls reflected reflecting reflects
    regrets regretted remarked remarks remembered remembers replied replies report reported
    reports responded responds said saw say saying says sees shrugged sighed speaks spelled
    spelt spoke stated states stressed stresses stressing suggest suggested suggesting
    suggests summarised summed sums tell tells think thinking thinks thought told
    volunteered warned warns went whispered whispering whispers wondered wonders worried
    worries write writes wrote
    """
)
# None of these describes a role.
STOP = SAID | _set(
    """
    about across after against also although among and are around as at be because been
    before being between but by can could did do does during each even every for from has
    have having he her here him his how i if in into is it its just like may me might must
    my near no nor not of on only onto or our over per said shall she should since so than
    that their them then there they though through to under us via was we were what when
    where whether which while who whom whose why will with within without would yet you your
    """
)
# Whoever follows one of these is spoken to or about.
OBJECT = _set(
    """
    about against among asked at between for from including into involving like met of on
    reminded than to told with
    """
)
# Words that begin a sentence with a capital and name nobody.
NO_NAME = _set(
    """
    A After Again All Also An And Another Answer April As At August Before Both But By
    Chapter December Document Documents Each Even Everybody Everyone Evidence Example
    February Few Figure First For Friday From Guidance He Her Here His How However I If In
    Indeed Interviews It Its January July June Later Many March May Minutes Monday Most My
    No Nobody Not Note Nothing November October On Once One Only Or Others Our Perhaps
    Policy Purpose Question Report Saturday Scope Second Section September Several She So
    Some Somebody Someone Still Such Sunday Table That The Their Then There These They Third
    This Those Three Thursday Tuesday Two We Wednesday What When While Who Why With Yes Yet
    You Your
    """
)
PLURALS = {"women": "woman", "men": "man", "wives": "wife", "midwives": "midwife"}
MASS = frozenset({"staff", "people", "children", "police"})
INDEFINITE = frozenset({"someone", "somebody", "everyone", "everybody", "nobody", "anyone"})
ROLES_THAT_ARE_NAMES = frozenset({"dean"})
ARTICLES = frozenset({"a", "an", "one", "the", "this", "that", "another"})
COUNTS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "several", "some", "many", "most", "both"}
    | {"other", "few", "all", "others", "various", "different"}
)
ORDINALS = frozenset({"same", "second", "third", "fourth", "fifth", "former", "latter"})
JOINS = frozenset({"of", "from", "in", "at", "for", "on", "working", "with"})
