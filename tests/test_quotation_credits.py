from __future__ import annotations

import pytest

from tests.test_quotations import Case, found_in

IN_BRACKETS: tuple[Case, ...] = (
    (
        "Meetings multiplied. ‘We sit down for two hours and nobody leaves with a job’ "
        "(Voluntary sector project manager).",
        (
            (
                "We sit down for two hours and nobody leaves with a job",
                "Voluntary sector project manager",
                "brackets",
            ),
        ),
    ),
    (
        '"The police come with a list and go with a list." (Interviewee 7, police)',
        (("The police come with a list and go with a list.", "Interviewee 7, police", "brackets"),),
    ),
    (
        "‘Our computers have never met’ (Police, Site A).",
        (("Our computers have never met", "Police, Site A", "brackets"),),
    ),
    (
        "“It took a flood to get us round one table” – Social worker, Northmere",
        (("It took a flood to get us round one table", "Social worker, Northmere", "brackets"),),
    ),
    (
        "'They keep saying partnership and they mean paperwork' [field notes].",
        (("They keep saying partnership and they mean paperwork", "field notes", "brackets"),),
    ),
    (
        "‘You ring, you leave a message, you ring again’ (emphasis added) (School secretary).",
        (("You ring, you leave a message, you ring again", "School secretary", "brackets"),),
    ),
    (
        "‘We’re the ones who’re left holding the parents’ letters’ (Deputy head).",
        (("We’re the ones who’re left holding the parents’ letters", "Deputy head", "brackets"),),
    ),
    (
        "'It's the managers' meetings that count, not ours' (Nurse, Site B)",
        (("It's the managers' meetings that count, not ours", "Nurse, Site B", "brackets"),),
    ),
    (
        "‘It was signed before we had read it’ [...] ‘and it was binned before we had signed it’ "
        "(Housing officer).",
        (
            (
                "It was signed before we had read it’ [...] ‘and it was binned before we had "
                "signed it",
                "Housing officer",
                "brackets",
            ),
        ),
    ),
    (
        "‘I go because [the board] notices who is missing [laughs] and who is not’ (P12)",
        (
            (
                "I go because [the board] notices who is missing [laughs] and who is not",
                "P12",
                "brackets",
            ),
        ),
    ),
    (
        "‘We had no idea what the others were paid to do.\n"
        "‘It took me a year to find out what a commissioner was.’ (Health visitor)",
        (
            (
                "We had no idea what the others were paid to do.\n"
                "‘It took me a year to find out what a commissioner was.",
                "Health visitor",
                "brackets",
            ),
        ),
    ),
    (
        "“First they moved the desks.\n“Then they moved the people.\n“Then they closed it.” "
        "(Family support worker)",
        (
            (
                "First they moved the desks.\n“Then they moved the people.\n“Then they closed it.",
                "Family support worker",
                "brackets",
            ),
        ),
    ),
    (
        "“The forms are sent to an office that was shut\nin April, and everyone knows it” "
        "(Youth worker)",
        (
            (
                "The forms are sent to an office that was shut\nin April, and everyone knows it",
                "Youth worker",
                "brackets",
            ),
        ),
    ),
    (
        "‘I would trust her with my own children, but not with my budget.’\n(Head of service)",
        (
            (
                "I would trust her with my own children, but not with my budget.",
                "Head of service",
                "brackets",
            ),
        ),
    ),
    (
        "We hold the risk and they hold the minutes, that is how it feels to us. (Midwife, Site C)",
        (
            (
                "We hold the risk and they hold the minutes, that is how it feels to us.",
                "Midwife, Site C",
                "brackets",
            ),
        ),
    ),
    (
        "“Each of us has a ‘front door’ and none of them opens” (Assistant director).",
        (
            (
                "Each of us has a ‘front door’ and none of them opens",
                "Assistant director",
                "brackets",
            ),
        ),
    ),
    (
        "‘No trust’ (Probation officer) and ‘no time’ (Chair) were the answers.",
        (("No trust", "Probation officer", "brackets"), ("no time", "Chair", "brackets")),
    ),
    (
        "- “I learned their names at a funeral, which says it all” (Teacher)\n"
        "- “We share a car park” (GP)",
        (
            ("I learned their names at a funeral, which says it all", "Teacher", "brackets"),
            ("We share a car park", "GP", "brackets"),
        ),
    ),
    (
        "‘The seconded post was the glue, and we let it lapse’ (n = 4).",
        (("The seconded post was the glue, and we let it lapse", "", "unknown"),),
    ),
    (
        "Partnership is ‘the indefinite article of public policy’ (Marsh 2004: 12).",
        (("the indefinite article of public policy", "", "unknown"),),
    ),
    (
        "‘Everybody agreed and nobody moved’ (see p. 4).",
        (("Everybody agreed and nobody moved", "", "unknown"),),
    ),
    (
        "‘It felt like being inspected by our own friends (Head teacher)’.",
        (("It felt like being inspected by our own friends", "Head teacher", "brackets"),),
    ),
    (
        "‘Nothing was ever refused, it was only ever postponed’ (Northmere).",
        (("Nothing was ever refused, it was only ever postponed", "Northmere", "brackets"),),
    ),
)


LED_IN: tuple[Case, ...] = (
    (
        "One manager thought that –\nWe are all accountable and so none of us is.",
        (("We are all accountable and so none of us is.", "Manager", "lead-in"),),
    ),
    (
        "As a health visitor put it: ‘the family had eleven of us and knew two’.",
        (("the family had eleven of us and knew two", "Health visitor", "lead-in"),),
    ),
    (
        "According to one head teacher, 'the form asks for things that only the form wants'.",
        (("the form asks for things that only the form wants", "Head teacher", "lead-in"),),
    ),
    (
        "‘We were invited to comment on the lunch,’ said the co-ordinator.",
        (("We were invited to comment on the lunch,", "Co-ordinator", "lead-in"),),
    ),
    (
        "A police officer and a nurse agreed: “you cannot share what you cannot find”.",
        (("you cannot share what you cannot find", "Police officer and nurse", "lead-in"),),
    ),
    (
        "The director of children’s services was blunt: ‘I was given a strategy and no staff’.",
        (
            (
                "I was given a strategy and no staff",
                "Director of children’s services",
                "lead-in",
            ),
        ),
    ),
    (
        "One of the social workers told us that ‘it is easier to write than to ring’.",
        (("it is easier to write than to ring", "Social worker", "lead-in"),),
    ),
    (
        "The co-ordinator told a head teacher that ‘the money was never really there’.",
        (("the money was never really there", "Co-ordinator", "lead-in"),),
    ),
    (
        "‘Who chairs it now?’ asked the inspector. ‘I have lost count of the chairs.’",
        (
            ("Who chairs it now?", "Inspector", "lead-in"),
            ("I have lost count of the chairs.", "", "unknown"),
        ),
    ),
    (
        "‘It works,’ the clerk explained, ‘because two of us went to the same school.’",
        (
            ("It works,", "Clerk", "lead-in"),
            ("because two of us went to the same school.", "Clerk", "lead-in"),
        ),
    ),
    (
        'Yasmin: "That\'s where I leave my messages." He laughs.',
        (("That's where I leave my messages.", "Yasmin", "lead-in"),),
    ),
    (
        '"Yours are," says Grace. "I get as far as your reception."',
        (
            ("Yours are,", "Grace", "lead-in"),
            ("I get as far as your reception.", "", "unknown"),
        ),
    ),
    (
        "GA, without looking up, 'I would have told you'.",
        (("I would have told you", "GA", "lead-in"),),
    ),
    (
        "Several managers said:\n- “We were told on the Friday”\n- “We were told by the paper”",
        (
            ("We were told on the Friday", "Several managers", "lead-in"),
            ("We were told by the paper", "Several managers", "lead-in"),
        ),
    ),
    (
        "The post was described by one commissioner as ‘a bridge that nobody will pay to paint’.",
        (("a bridge that nobody will pay to paint", "Commissioner", "lead-in"),),
    ),
    (
        "For one volunteer, ‘the board is a place where nice people go to be tired’.",
        (("the board is a place where nice people go to be tired", "Volunteer", "lead-in"),),
    ),
    (
        "Staff felt that the new rota ‘was drawn up by someone who has never met a bus’.",
        (("was drawn up by someone who has never met a bus", "Staff", "lead-in"),),
    ),
    (
        "The chair of the partnership board, who had just retired, reflected that ‘we mistook "
        "being polite for being agreed’.",
        (
            (
                "we mistook being polite for being agreed",
                "Chair of the partnership board",
                "lead-in",
            ),
        ),
    ),
    (
        "A probation officer in Eastport said:\n“I have three managers and no desk.”",
        (("I have three managers and no desk.", "Probation officer in Eastport", "lead-in"),),
    ),
    (
        "‘That was the day it stopped being a project’, as one parent put it.",
        (("That was the day it stopped being a project", "Parent", "lead-in"),),
    ),
    (
        "Asked about the protocol, a custody sergeant replied: ‘Which one?’",
        (("Which one?", "Custody sergeant", "lead-in"),),
    ),
)


CARRIED: tuple[Case, ...] = (
    (
        "‘We lost a year’ (Head teacher, Site B). The same head teacher said: ‘we lost the "
        "parents as well’.",
        (
            ("We lost a year", "Head teacher, Site B", "brackets"),
            ("we lost the parents as well", "Head teacher, Site B", "carried over"),
        ),
    ),
    (
        "The head teacher quoted above said –\nIt was never about the children.",
        (("It was never about the children.", "Head teacher", "carried over"),),
    ),
    (
        "One nurse said: ‘the rota is a work of fiction’. She went on: ‘and we are the authors’.",
        (
            ("the rota is a work of fiction", "Nurse", "lead-in"),
            ("and we are the authors", "Nurse", "carried over"),
        ),
    ),
    (
        "‘There is a form for that’ (Housing officer). He added: ‘There is a form for the form.’",
        (
            ("There is a form for that", "Housing officer", "brackets"),
            ("There is a form for the form.", "Housing officer", "carried over"),
        ),
    ),
    (
        "A social worker said: ‘we go by the threshold’.\nAnother said: ‘the threshold moves’.",
        (
            ("we go by the threshold", "Social worker", "lead-in"),
            ("the threshold moves", "Social worker", "carried over"),
        ),
    ),
    (
        "A second manager was less sure: ‘I think we merged the letterheads’.",
        (("I think we merged the letterheads", "Manager", "carried over"),),
    ),
    (
        "Managers disagreed. One said: ‘we have never been closer to the schools’.",
        (("we have never been closer to the schools", "Manager", "carried over"),),
    ),
    (
        "One nurse said: ‘it depends who is on shift’.\nThe flood came in May.\n"
        "She added: ‘it always depends on that’.",
        (
            ("it depends who is on shift", "Nurse", "lead-in"),
            ("it always depends on that", "", "unknown"),
        ),
    ),
    (
        "‘We do not open their post’, said the clerk. The caretaker disagreed with the vicar. "
        "She said: ‘we do, on Fridays’.",
        (
            ("We do not open their post", "Clerk", "lead-in"),
            ("we do, on Fridays", "", "unknown"),
        ),
    ),
    (
        "Someone said: ‘this is how it always ends, with sandwiches’.",
        (("this is how it always ends, with sandwiches", "", "unknown"),),
    ),
)


@pytest.mark.parametrize(("text", "expected"), IN_BRACKETS)
def test_a_credit_in_brackets_is_found_and_citations_are_none(
    text: str, expected: tuple[tuple[str, str, str], ...]
) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), LED_IN)
def test_a_credit_in_the_sentence_around_is_found(
    text: str, expected: tuple[tuple[str, str, str], ...]
) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), CARRIED)
def test_a_credit_is_carried_over_where_the_text_does_so(
    text: str, expected: tuple[tuple[str, str, str], ...]
) -> None:
    assert found_in(text) == expected
