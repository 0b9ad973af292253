"""Weights of the valence detector; made by scripts/fit_valence.py."""

from __future__ import annotations

HINDERS = (
    -0.576,
    (
        1.477,  # barrier
        1.637,  # trouble
        1.053,  # cannot
        2.787,  # lack
        2.756,  # excess
        1.393,  # delay
        1.654,  # conflict
        2.662,  # bad
        2.889,  # loss
        -1.423,  # help
        -0.589,  # good
        -0.609,  # easier
        -1.843,  # works
        -0.662,  # people
        -0.213,  # perhaps
        0.598,  # comparative
        -0.526,  # together
        -1.156,  # thanks
        2.731,  # contrast
        -0.920,  # past
        0.217,  # nothing
        0.934,  # order
        -2.446,  # hindrance only supposed
        1.485,  # denied help
        1.957,  # help only wished for
        -2.872,  # question
        1.818,  # asked what hinders
        -1.011,  # asked what helps
        0.775,  # asked what to improve
        -1.175,  # nothing, asked what hinders
        2.690,  # nothing, asked what helps
        -2.344,  # nothing, asked what to improve
    ),
)

HELPS = (
    -1.396,
    (
        -1.045,  # barrier
        -0.963,  # trouble
        -0.235,  # cannot
        -0.584,  # lack
        -1.022,  # excess
        0.444,  # delay
        -0.184,  # conflict
        -0.214,  # bad
        -0.743,  # loss
        2.610,  # help
        3.184,  # good
        2.449,  # easier
        3.410,  # works
        1.591,  # people
        0.844,  # perhaps
        0.486,  # comparative
        2.175,  # together
        1.102,  # thanks
        1.610,  # contrast
        1.894,  # past
        0.110,  # nothing
        -1.503,  # order
        -0.716,  # hindrance only supposed
        -0.666,  # denied help
        -1.543,  # help only wished for
        -2.884,  # question
        -1.451,  # asked what hinders
        2.570,  # asked what helps
        0.439,  # asked what to improve
        0.652,  # nothing, asked what hinders
        -2.697,  # nothing, asked what helps
        2.173,  # nothing, asked what to improve
    ),
)
