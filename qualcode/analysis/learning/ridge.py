"""Ridge regression on likeness: one small system of equations for all codes at once.

Leaving a document out needs no second fit: what a passage would have got without its own
document follows from the inverse of the same system (Allen's PRESS, in blocks).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.space import Matrix


def fit_ridge(kernel: Matrix, targets: Matrix, noise: NDArray[np.float64]) -> tuple[Matrix, Matrix]:
    """How each row pulls towards each code, and the inverse of the system that says so.

    `noise` is how little each row is to be trusted; above 0, which also makes the system
    solvable whatever the rows are.
    """
    system = kernel.copy()
    system[np.diag_indices(len(noise))] += noise
    inverse = _inverse(system)
    return inverse @ targets, inverse


def without_own(inverse: Matrix, pull: Matrix, targets: Matrix, groups: Sequence[str]) -> Matrix:
    """What each row would get had its whole group (its document) not been there.

    >>> pull, inverse = fit_ridge(np.eye(2), np.array([[1.0], [1.0]]), np.array([0.5, 0.5]))
    >>> without_own(inverse, pull, np.array([[1.0], [1.0]]), ["int-01", "int-02"]).tolist()
    [[0.0], [0.0]]
    """
    found = np.empty_like(targets)
    for rows in _members(groups):
        block = inverse[np.ix_(rows, rows)]
        found[rows] = targets[rows] - np.linalg.solve(block, pull[rows])
    return found


def _members(groups: Sequence[str]) -> list[NDArray[np.int64]]:
    _, numbers = np.unique(np.array(groups), return_inverse=True)
    order = np.argsort(numbers, kind="stable")
    ends = np.cumsum(np.bincount(numbers))[:-1]
    return np.split(order, ends)


def _inverse(system: Matrix) -> Matrix:
    """The inverse of a symmetric positive definite matrix, by its Cholesky factor, in its place."""
    from scipy.linalg import lapack

    if not len(system):  # LAPACK would print a complaint
        return system
    # the transpose of a symmetric matrix is the same, in the order that LAPACK works on in place
    factor, _ = lapack.dpotrf(system.T, lower=1, clean=1, overwrite_a=1)
    inverse: Matrix = lapack.dpotri(factor, lower=1, overwrite_c=1)[0]
    inverse += np.tril(inverse, -1).T
    return inverse
