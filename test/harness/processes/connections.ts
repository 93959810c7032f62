import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/**
 * Waits for processes to connect. The end of its connection is the only sign that a process, which is no child of
 * the test, has ended.
 */
export async function awaitConnections() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    /** The next process that connects. */
    async next(): Promise<Connection> {
      const [socket]: Socket[] = await once(server, "connection");
      if (socket === undefined) throw new Error("no socket came with the connection");
      return { ended: endOf(socket), end: () => new Promise((resolve) => socket.end(resolve)) };
    },
    async close(): Promise<void> {
      server.close();
      await once(server, "close");
    },
  };
}

export type Connection = {
  /** Resolves when the process at the other end is gone. */
  readonly ended: Promise<void>;
  /** Ends the connection from here; resolves when that is said to the other end. */
  end(): Promise<void>;
};

/** Source of a handler's module: `await connected()` tells the test that it is at work. */
export function connecting(port: number): string {
  return `
    import { once } from "node:events";
    import { connect } from "node:net";
    async function connected() {
      const socket = connect(${port}, "127.0.0.1").resume();
      await once(socket, "connect");
      return socket;
    }`;
}

function endOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    // A killed process resets its connection now and then, instead of closing it.
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.resume();
  });
}
