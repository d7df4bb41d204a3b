"""The network: a few layers of MiniLM over one message, and for each item an eye of its own that looks where the item is spoken of."""

from typing import Any

import torch
from torch import nn

SHARPNESS = 1.5  # once trained, an item looks more at the words that are most its own, and less at its neighbours'


class Network(nn.Module):
    """Tokens in; out come, for each item, whether it is spoken of and with which label, and for each token its items and its slot.

    Item tokens in front of the message (ids from `first_item` on) say what was asked.
    """

    def __init__(self, encoder: Any, items: int, labels: int, slots: int, allowed: torch.Tensor):
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.topics = nn.Linear(size, items + 1)
        self.slots = nn.Linear(size, slots)
        self.eyes = nn.Linear(size, items)
        self.present = nn.Parameter(torch.zeros(items, size))
        self.present_bias = nn.Parameter(torch.full((items,), -3.0))
        self.shared = nn.Parameter(torch.randn(labels, size) * 0.02)
        self.own = nn.Parameter(torch.zeros(items, labels, size))
        self.label_bias = nn.Parameter(torch.zeros(items, labels))
        self.asked = nn.Parameter(torch.tensor([1.0]))
        self.register_buffer("forbidden", (1 - allowed) * -30.0)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, asked: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Shapes: ids and mask (messages, tokens), asked (messages, items) of 0 and 1."""
        hidden = self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        topics = self.topics(hidden)
        looks = self.eyes(hidden) + topics[:, :, :-1] + (mask.unsqueeze(-1).to(hidden.dtype) - 1) * 1e4
        weights = torch.softmax((looks if self.training else looks * SHARPNESS).transpose(1, 2), dim=-1)
        seen = weights @ hidden
        present = (seen * self.present).sum(-1) + self.present_bias + (weights * topics[:, :, :-1].transpose(1, 2)).sum(-1) + asked * self.asked
        ways = (self.own + self.shared).transpose(1, 2)  # items, size, labels: the export folds it into one constant, which einsum would turn at every run
        labels = (seen.transpose(0, 1) @ ways).transpose(0, 1) + self.label_bias + self.forbidden
        return present, labels, topics, self.slots(hidden)
