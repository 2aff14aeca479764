"""The pages about the ground."""


def body(response):
    """Return the whole of a file that was sent, in one piece or bit by bit."""
    return b"".join(response.streaming_content) if response.streaming else response.content
