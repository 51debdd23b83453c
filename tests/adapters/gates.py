"""Gates: before a port; while one is shut nobody comes through, and everything else is there."""

import asyncio


class Gate:
    """Hands bytes on between a bot and a port, on a port of its own."""

    def __init__(self, port: int) -> None:
        """Lead to *port*."""
        self._to = port
        self._own = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def open(self) -> int:
        """Let everybody through, and return the port; it is the same each time."""
        self._server = await asyncio.start_server(self._through, "127.0.0.1", self._own)
        self._own = int(self._server.sockets[0].getsockname()[1])
        return self._own

    async def shut(self) -> None:
        """Cut every connection, and take none any more."""
        if self._server is not None:
            self._server.close()
            for writer in self._open:
                writer.transport.abort()
            self._server = None

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        ends = {writer, far_writer}
        self._open |= ends
        await asyncio.wait(
            {
                asyncio.create_task(_pour(reader, far_writer)),
                asyncio.create_task(_pour(far_reader, writer)),
            }
        )
        self._open -= ends


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass  # one end was cut, and the other follows
    finally:
        writer.transport.abort()
