import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Sequence } from "./schema.ts";

/** The bytes of objects and of parts of uploads: under a number, in pieces that are counted from 1. */
export class Contents {
  readonly #sequence: Sequence;
  readonly #insert: StatementSync;
  readonly #pieces: StatementSync;
  readonly #read: StatementSync;
  readonly #delete: StatementSync;
  readonly #deletePiece: StatementSync;

  constructor(store: DatabaseSync, sequence: Sequence) {
    this.#sequence = sequence;
    this.#insert = store.prepare(
      "INSERT OR REPLACE INTO bucket_contents (content, piece, size, bytes) VALUES (?, ?, ?, ?)",
    );
    this.#pieces = store.prepare(
      "SELECT piece, size FROM bucket_contents WHERE content = ? ORDER BY piece",
    );
    this.#read = store.prepare(
      "SELECT substr(bytes, ?, ?) AS bytes FROM bucket_contents WHERE content = ? AND piece = ?",
    );
    this.#delete = store.prepare("DELETE FROM bucket_contents WHERE content = ?");
    this.#deletePiece = store.prepare(
      "DELETE FROM bucket_contents WHERE content = ? AND piece = ?",
    );
  }

  /** Numbers a content that has no pieces yet. */
  create(): number {
    return this.#sequence.next();
  }

  /** Stores a piece, in place of one that has its number. */
  setPiece(content: number, piece: number, bytes: Buffer): void {
    this.#insert.run(content, piece, bytes.length, bytes);
  }

  deletePiece(content: number, piece: number): void {
    this.#deletePiece.run(content, piece);
  }

  /** The bytes from `start` to before `end`. @default all */
  read(content: number, start = 0, end = Number.POSITIVE_INFINITY): Buffer {
    const chunks = [...this.#chunks(content, start, end)];
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  }

  /** All bytes, a piece at a time. */
  pieces(content: number): Iterable<Buffer> {
    return this.#chunks(content, 0, Number.POSITIVE_INFINITY);
  }

  delete(content: number): void {
    this.#delete.run(content);
  }

  *#chunks(content: number, start: number, end: number): Generator<Buffer> {
    let offset = 0;
    for (const row of this.#pieces.all(content)) {
      const size = Number(row.size);
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, size);
      if (from < to) yield this.#readPiece(content, Number(row.piece), from, to);
      offset += size;
    }
  }

  #readPiece(content: number, piece: number, from: number, to: number): Buffer {
    // SQL counts bytes from 1.
    const bytes = this.#read.get(from + 1, to - from, content, piece)?.bytes;
    if (!(bytes instanceof Uint8Array)) {
      throw new Error(`The stored content ${content} has lost its piece ${piece}.`);
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}
