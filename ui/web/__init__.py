"""The chat page: server and folder, who is at the page, their history, and Chainlit's callbacks around an Interview."""
