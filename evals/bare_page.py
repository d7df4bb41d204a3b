"""The barest page Chainlit can be: a message with a button, and for every click another one. The benchmark measures ours beside it."""

# mypy: disable-error-code="no-untyped-call"
# Chainlit annotates its classes but not most of their methods.

import chainlit as cl


@cl.on_chat_start
async def begin() -> None:
    await show(1)


@cl.action_callback("next")
async def go_on(action: cl.Action) -> None:
    await show(action.payload["number"] + 1)


async def show(number: int) -> None:
    button = cl.Action(name="next", payload={"number": number}, label=f"Next {number}")
    await cl.Message(f"Message {number}", actions=[button]).send()
