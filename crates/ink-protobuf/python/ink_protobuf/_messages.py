"""Message classes, made while the program runs from what the server says of its own messages.

No generated code, and no file that could be older than the server: what is usually written by
protoc is built by protobuf itself, out of a description.
"""

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.descriptor_pb2 import FileDescriptorSet

PACKAGE = "ink.v1"


class Messages:
    """The classes of one server, by their names."""

    def __init__(self, descriptors: FileDescriptorSet):
        # A pool of its own: the default one belongs to the whole process, and refuses a second
        # file of the same name that says something else.
        self._pool = descriptor_pool.DescriptorPool()
        for file in descriptors.file:
            self._pool.Add(file)

    def __getattr__(self, name):
        try:
            descriptor = self._pool.FindMessageTypeByName(f"{PACKAGE}.{name}")
        except KeyError:
            raise ImportError(f"the server does not speak `{PACKAGE}`: no `{name}`") from None
        made = message_factory.GetMessageClass(descriptor)
        setattr(self, name, made)  # looked up once
        return made

    def status(self, name):
        """The number of a status, by its name."""
        return self._pool.FindEnumTypeByName(f"{PACKAGE}.Status").values_by_name[name].number
