"""Write the trained network as int8 ONNX with its vocabulary: `python export.py TRAINED TARGET`; needs torch and onnx."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertConfig, BertModel

LABELS = "/MatMul_1"  # a matrix for each item; onnxruntime quantizes matrices only one at a time


def restored(trained: Path) -> tuple[Network, dict[str, Any]]:
    """Return the trained network and what was written down about it."""
    made = json.loads((trained / "made.json").read_text())
    config = BertConfig(
        vocab_size=made["vocabulary"] + len(made["items"]), hidden_size=384, num_hidden_layers=made["layers"], num_attention_heads=12, intermediate_size=1536,
        max_position_embeddings=512, attn_implementation="eager",
    )  # fmt: skip
    allowed = torch.tensor([[float(label in made["allowed"][item]) for label in made["labels"]] for item in made["items"]])
    network = Network(BertModel(config, add_pooling_layer=False), len(made["items"]), len(made["labels"]), len(made["slots"]), allowed)
    network.load_state_dict(torch.load(trained / "checkpoint.pt"), strict=True)
    return network.eval(), made


def main(trained: Path, target: Path) -> None:
    network, made = restored(trained)
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
    shutil.copy(trained / "vocab.txt", target / "vocab.txt")
    (target / "encoder.json").write_text(json.dumps({key: made[key] for key in ("items", "labels", "slots")}, indent=1) + "\n")
    print({file.name: file.stat().st_size for file in target.iterdir()}, whole.stat().st_size)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
