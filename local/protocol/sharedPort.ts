import { generateKeyPair } from "node:crypto";
import type { Server } from "node:http";
import { createServer as createHttp2Server, type Http2Server } from "node:http2";
import { createServer, type Server as TlsServer } from "node:https";
import type { Socket } from "node:net";
import { promisify } from "node:util";
import { type KeyPair, selfSigned } from "./certificate.ts";

/** The first byte of a TLS connection: a handshake record. https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const handshake = 22;

/**
 * What a connection of HTTP/2 without TLS begins with, as those of the SDK for JavaScript to Kinesis do.
 * https://www.rfc-editor.org/rfc/rfc9113#section-3.4
 */
const http2Preface = "PRI * HTTP/2.0";

/** OpenSSL takes no shorter ones for TLS. */
const keyBits = 2048;

/** One port for HTTP/1.1, HTTP/2 without TLS, and HTTPS. */
export type SharedPort = {
  /** In PEM, for clients to trust; the same for the life of the server. */
  readonly certificate: () => Promise<string>;
  /** Closes every connection, busy or idle. */
  readonly closeConnections: () => void;
};

/**
 * Lets a server of HTTP/1.1 take HTTP/2 without TLS and HTTPS on its port as well. The certificate is made when it is first needed.
 *
 * @param names host names and addresses by which clients reach the server
 */
export function sharePort(server: Server, names: readonly string[]): SharedPort {
  const plain = server.listeners("connection");
  const http2 = http2Front(server);
  const sockets = new Set<Socket>();
  let pair: Promise<KeyPair> | undefined;
  let encrypted: Promise<TlsServer> | undefined;
  const keyPair = () => {
    pair ??= newKeyPair(names);
    return pair;
  };
  const tlsServer = () => {
    encrypted ??= keyPair().then((made) => tlsFront(server, made));
    return encrypted;
  };

  async function handOn(socket: Socket, first: Buffer): Promise<void> {
    const tls = first[0] === handshake ? await tlsServer() : undefined;
    socket.unshift(first);
    // A session of HTTP/2 itself reads what has been put back.
    if (isHttp2(first)) return void http2.emit("connection", socket);
    if (tls !== undefined) tls.emit("connection", socket);
    else for (const listener of plain) listener.call(server, socket);
    // Only now is there a listener for what has been put back.
    process.nextTick(() => socket.resume());
  }

  server.removeAllListeners("connection");
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const ignore = () => {}; // A client that leaves before it has said anything.
    socket.on("error", ignore);
    socket.once("data", (first) => {
      socket.pause();
      socket.off("error", ignore);
      handOn(socket, first).catch((error: unknown) => socket.destroy(asError(error)));
    });
  });
  return {
    certificate: async () => (await keyPair()).certificate,
    closeConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** @param first the first packet, which may be as short as the network makes it */
function isHttp2(first: Buffer): boolean {
  const text = first.toString("latin1", 0, http2Preface.length);
  return text.length >= "PRI".length && http2Preface.startsWith(text);
}

/** Takes connections, and leaves their requests to `server`. */
function http2Front(server: Server): Http2Server {
  return createHttp2Server((request, response) => {
    request.headers.host ??= request.headers[":authority"];
    server.emit("request", request, response);
  });
}

async function newKeyPair(names: readonly string[]): Promise<KeyPair> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: keyBits,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return selfSigned(privateKey, names);
}

/** Takes connections, and leaves their requests to `server`. */
function tlsFront(server: Server, { key, certificate }: KeyPair): TlsServer {
  const { keepAliveTimeout } = server;
  return createServer({ key, cert: certificate, keepAliveTimeout }, (request, response) => {
    server.emit("request", request, response);
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
