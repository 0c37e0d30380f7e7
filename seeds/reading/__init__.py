"""From files to text: plain text, HTML, PDF and DOCX; pure Python, no Django."""

from seeds.reading.document import Document, read
from seeds.reading.limits import Limits
from seeds.reading.messages import Message, UnreadableDocumentError

__all__ = ["Document", "Limits", "Message", "UnreadableDocumentError", "read"]
