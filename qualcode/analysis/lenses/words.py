"""Words by which a passage speaks of people, of occupations or of organisations, as cues.

Each group is one feature. Written for talk and notes about work between agencies. A word with
`*` stands for its endings; all others are as written, in any case (`=` holds to the case).
"""

from __future__ import annotations

PEOPLE: dict[str, tuple[str, ...]] = {
    "I": ("(I|me|my|mine|myself|I'm|I've|I'd|I'll)",),
    "he or she": (
        "(he|she|him|her|his|hers|himself|herself|he's|she's|he'd|she'd|he'll|she'll)",
        "(=Mr|=Mrs|=Ms|=Miss|=Dr)",
    ),
    "feels": (
        "(feel|feels|felt|feeling|feelings|proud|tired|weary|exhausted|worn out|afraid|scared)",
        "(frightened|nervous|anxious|angry|bitter*|resent*|jealous|sad|happy|unhappy|upset|lonely)",
        "(hurt|ashamed|embarrassed|grateful|delighted|excited|bored|confident|shy|quiet|stubborn)",
        "(love|loves|loved|lovely|hate|hates|hated|warm|kind|generous|heart|conscience|humour)",
        "(like|likes|liked|dislike*|trust|trusts|trusted|ring|rings|know) (her|him|each other)",
        "(care|cares|cared) (about|for|less) !~1 (patients)",
        "(get|gets|got) on (with|well|badly)",
        "(personal|personally|charm|charisma*|patience|nerve|temper|energy|motivat*|enthusias*)",
        "(passion*|keen|laughed|laugh|cried|cry|wept|shouted|smiled|apologised|believe in|faith)",
        "(kindness|tribute|courage|honest|temperament|rude|polite|charming|difficult (man|woman))",
        "(speaking|spoken|speak) (up|to each other)",
        "(resign|resigned|gave up|own experience|own story|own (time|child|children|family))",
    ),
    "stays or goes": (
        "(retire|retires|retired|retiring|leaving|moved on|new in post|off sick|maternity leave)",
        "(same|another|new|different) (one|face|person|man|woman|women|men|name|chair)",
        "(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty) years",
        "(this year|since the start|each time|every time|from the beginning)",
    ),
}

OCCUPATIONS: dict[str, tuple[str, ...]] = {
    "occupations": (
        "(nurses|midwives|doctors|medics|clinicians|consultants|surgeons|psychiatrists|=GPs)",
        "(psychologists|physios|physiotherapists|paediatricians|pharmacists|therapists|dentists)",
        "(teachers|lecturers|lawyers|solicitors|barristers|judges|magistrates|clergy|chaplains)",
        "(policemen|coppers|cops|detectives|firefighters|soldiers|accountants|planners|paramedics)",
        "(social|youth|case|care|play|community|family|key|health|outreach|support) workers",
        "(caseworkers|health visitors|probation officers|police officers|childminders|carers)",
        "(medical|nursing|teaching|health|clinical|legal|qualified) (colleagues|staff|people)",
    ),
    "one of an occupation": (
        "(a|an|any|as a|another) (nurse|midwife|doctor|medic|clinician|consultant|surgeon|=GP)",
        "(a|an|any|as a|another) (teacher|lawyer|solicitor|copper|policeman|psychologist|soldier)",
        "(a|an|any|as a) (social worker|health visitor|probation officer|police officer)",
        "(a|an|any|as a) (therapist|psychiatrist|physio|firefighter|caseworker|pharmacist)",
        "(a|an|any|as a) (youth worker|paramedic|paediatrician|barrister|detective|dentist)",
        "(student|trainee|newly qualified|retired) (nurse*|teacher*|doctor*|social worker*)",
    ),
    "ways of an occupation": (
        "(profession*|discipline|disciplines|vocation*|trade|trades|craft|guild|occupation*)",
        "(train|trained|untrained|trains|training|qualif*|unqualified|registration|apprentic*)",
        "(ethos|ethic*|oath|jargon|acronym*|abbreviation*|vocabulary|terminology|tribe*|tribal)",
        "(code of|codes of|standards of practice|judgement|judgment|judgements|second opinion)",
        "(standing|status|prestige|looked down|looks down|look down|line of work|old school)",
        "(course|courses|curriculum|degree|diploma|shadow*|ward|wards|mindset)",
    ),
    "in a field": (
        "(in|us in|those in|between) (health|medicine|nursing|education|policing|social work|law)",
        "(speak|speaks|talk) (lawyer|doctor|nurse|medical|legal|police|psychologist)",
        "(police|medicine|social work|nursing|probation) (think*|see|sees|want|wants|as a)",
        "(health|police|medical|legal|nursing|clinical) (side|lot|world|mind*|view*|culture)",
    ),
}

ORGANISATIONS: dict[str, tuple[str, ...]] = {
    "a body": (
        "(agency|agencies|organisation*|organization*|employer*|council|councils|department*)",
        "(directorate*|authority|authorities|borough|constabulary|charity|charities|firm|company)",
        "(the|our|their|each) (trust|force|board|hospital|school|service|office|college)",
        "(trusts|forces|boards|hospitals|schools|offices|colleges)",
        "(the|our|their) (partnership|association|commissioners|ministry|government)",
        "(head office|headquarters|voluntary body|bodies|=NHS|=CCG|services|inspectorate*)",
    ),
    "money": (
        "(budget*|underspend*|overspend*|fund|funds|funding|funded|grant|grants|money|finance*)",
        "(contract*|commission*|invoice*|payroll*|rent|lease|insurance|premises|posts|salary)",
        "(vacancy|vacancies|recruitment|cut|cuts|froze*|pool|pooled|cost|costs|savings|pay|pays)",
        "(paid for|accounts|spend|spends|spending|expenditure|income|financial year|tender*)",
    ),
    "rules": (
        "(policy|policies|procedure*|protocol*|rule|rules|governance|committee*|panel|panels)",
        "(sign off|signed off|signature*|approval|approved|memorandum|agreement|agreements)",
        "(paperwork|form filling|legal advice|terms of reference|bureaucra*|red tape|delegated)",
        "(remit|remits|job description*|working group*|sub group|disbanded|decision making)",
        "(staffing|workload*|caseload*|capacity|staff shortage*|cover for|short of staff)",
        "(up the line|mandate|regulation*|legislation|guidance|scheme|constitution)",
        "(structure*|restructur*|reorganis*|reorganiz*|boundary|boundaries|secondment*|merger*)",
    ),
    "targets": (
        "(target*|indicator*|performance|quota*|KPI*|measured|audit*|inspect*|Ofsted|CQC|HMIC)",
        "(self evaluation|action plan|quarterly|report|deadline*|statutory)",
    ),
    "ranks": (
        "(rank|ranks|grade|grades|band|seniority|senior|junior|hierarch*|chain of command)",
        "(manager|managers|management|director|directors|head of|heads of|deputy|deputies)",
        "(chief executive*|chief constable|chief officer*|team leader*|trainee)",
    ),
    "systems": (
        "(database*|computer*|log in|log-in|logins|login|password*|system|systems|timetable*)",
        "(data sharing|shared records|recording|building|shift|shifts|rota|rotas|induction)",
    ),
}

OTHERS: dict[str, tuple[str, ...]] = {
    "only says": (
        "(I) (think|mean|suppose|guess|reckon|believe|say|said|don't know|don't think|would say)",
        "(I'd say|let me|told me|if you ask me)",
    ),
}

PRONOUNS = ("I", "he or she")
KINDS = {
    "I": "the speaker",
    "he or she": "one person",
    "feels": "feeling or manner",
    "stays or goes": "who stays or goes",
    "occupations": "occupation",
    "one of an occupation": "occupation",
    "ways of an occupation": "ways of an occupation",
    "in a field": "field of work",
    "a body": "a body",
    "money": "money",
    "rules": "rules and duties",
    "targets": "targets",
    "ranks": "rank",
    "systems": "systems",
    "only says": "a way of speaking",
}
"""What a word of a group is, for people who ask why it speaks for a lens."""
GROUPS: dict[str, tuple[str, ...]] = {**PEOPLE, **OCCUPATIONS, **ORGANISATIONS, **OTHERS}

# How each group speaks for or against a lens of that level, in log-odds: fitted to the half
# for tuning of `benchmarks/lenses.jsonl`, then rounded.
WEIGHTS: dict[str, dict[str, float]] = {
    "individual": {
        "I": 2.0,
        "he or she": 1.75,
        "feels": 1.5,
        "stays or goes": 1.5,
        "occupations": -1.0,
        "ways of an occupation": -0.5,
        "money": -0.5,
        "rules": -0.75,
        "only says": -1.0,
    },
    "profession": {
        "occupations": 3.0,
        "one of an occupation": 2.0,
        "ways of an occupation": 2.0,
        "in a field": 1.5,
    },
    "organisation": {
        "a body": 1.5,
        "money": 2.0,
        "rules": 2.5,
        "targets": 1.5,
        "ranks": 1.25,
        "systems": 1.5,
        "I": -0.25,
        "he or she": -0.5,
        "feels": -0.25,
        "occupations": -0.5,
        "one of an occupation": -1.0,
        "ways of an occupation": -1.0,
    },
}
# Names of lenses that mean one of these levels, by how they begin.
LEVELS: dict[str, tuple[str, ...]] = {
    "individual": ("individual", "person", "people", "interpersonal"),
    "profession": ("profession", "occupation", "disciplin"),
    "organisation": ("organisation", "organization", "agenc", "institution"),
}
