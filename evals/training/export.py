"""Write the trained network as int8 ONNX with the part of the vocabulary that is needed: `python export.py MATERIAL TRAINED TARGET`; needs torch and onnx."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel

EMBEDDINGS = "encoder.embeddings.word_embeddings.weight"
LABELS = "/MatMul_1"  # a matrix for each item; onnxruntime quantizes matrices only one at a time
COMMON = 7000  # words: the most common ones of English, which people may use


def pruned_vocabulary(words: list[str], texts: list[str], tokenizer: BertWordPieceTokenizer) -> list[str]:
    """Keep the pieces that the texts use, the most common English words, and every figure and every single character, so that any word can be spelt."""
    used = {piece for text in texts for piece in tokenizer.encode(text, add_special_tokens=False).tokens}
    plain = [word for word in words if re.fullmatch(r"(##)?[a-z]+", word)]
    figures = {word for word in words if re.fullmatch(r"(##)?\d+", word)}  # the training puts others into the texts
    single = {word for word in words if len(word.removeprefix("##")) == 1 and word.isascii()}
    kept = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"} | used | figures | single | set(plain[:COMMON])
    return [word for word in words if word in kept]


def restored(trained: Path, material: dict[str, Any]) -> tuple[Network, dict[str, Any], list[str]]:
    """Return the trained network with only the words that are needed, what was written down about it, and those words."""
    made = json.loads((trained / "made.json").read_text(encoding="utf-8"))
    words = (trained / "vocab.txt").read_text(encoding="utf-8").split("\n")
    texts = [one["text"] for one in (*material["clauses"], *material["answers"])] + list(material["means"].values())
    kept = pruned_vocabulary(words, texts, BertWordPieceTokenizer(str(trained / "vocab.txt"), lowercase=True))
    place = {word: index for index, word in enumerate(words)}
    weights = torch.load(trained / "checkpoint.pt")
    weights[EMBEDDINGS] = weights[EMBEDDINGS][[*(place[word] for word in kept), *range(len(words), len(weights[EMBEDDINGS]))]]
    config = BertConfig(
        vocab_size=len(kept) + len(made["items"]), hidden_size=384, num_hidden_layers=made["layers"], num_attention_heads=12, intermediate_size=1536,
        max_position_embeddings=512, attn_implementation="eager",
    )  # fmt: skip
    allowed = torch.tensor([[float(label in made["allowed"][item]) for label in made["labels"]] for item in made["items"]])
    network = Network(BertModel(config, add_pooling_layer=False), len(made["items"]), len(made["labels"]), len(made["slots"]), allowed)
    network.load_state_dict(weights, strict=True)
    return network.eval(), made, kept


def main(material: Path, trained: Path, target: Path) -> None:
    network, made, kept = restored(trained, json.loads(material.read_text(encoding="utf-8")))
    target.mkdir(parents=True, exist_ok=True)
    whole = trained / "encoder-float.onnx"
    ids = torch.tensor([[2, 5, 6, 7, 3]])
    torch.onnx.export(
        network, (ids, torch.ones_like(ids), torch.zeros(1, len(made["items"]))), str(whole), dynamo=False, opset_version=17,
        input_names=["ids", "mask", "asked"], output_names=["present", "labels", "topics", "slots"],
        dynamic_axes={"ids": {0: "n", 1: "t"}, "mask": {0: "n", 1: "t"}, "asked": {0: "n"}, "present": {0: "n"}, "labels": {0: "n"}, "topics": {0: "n", 1: "t"}, "slots": {0: "n", 1: "t"}},
    )  # fmt: skip
    quantize_dynamic(
        str(whole), str(target / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=[LABELS],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    (target / "vocab.txt").write_text("\n".join(kept), encoding="utf-8")
    (target / "encoder.json").write_text(json.dumps({key: made[key] for key in ("items", "labels", "slots")}, indent=1) + "\n")
    print({file.name: file.stat().st_size for file in target.iterdir()}, whole.stat().st_size)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
