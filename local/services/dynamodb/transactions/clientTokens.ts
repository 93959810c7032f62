import { createHash } from "node:crypto";
import type { Database, Write } from "dynalite/db/index.js";
import { isObject } from "../../../../aws/isObject.ts";
import type { Clock } from "../../../time/clock.ts";
import { DynamoError } from "../dynamoError.ts";

/** How long a transaction is known by its token, in milliseconds. */
const lifetime = 10 * 60 * 1000;

const range = { gte: "transaction~", lt: "transaction\x7f" };

type Known = { readonly request: string; readonly until: number };

/**
 * Remembers transactions by the token that the client gave them, so that one that is sent again is not
 * done again. What is remembered is written with the transaction's own data.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-apis-txwriteitems-idempotency
 */
export class ClientTokens {
  readonly #clock: Clock;
  /** The oldest first. */
  readonly #known: Map<string, Known>;

  private constructor(clock: Clock, known: Map<string, Known>) {
    this.#clock = clock;
    this.#known = known;
  }

  static async open(clock: Clock, database: Database): Promise<ClientTokens> {
    const found: [string, Known][] = [];
    for await (const [key, value] of database.iterator(range)) {
      if (!isObject(value)) continue;
      const known = { request: String(value.request), until: Number(value.until) };
      found.push([key.slice(range.gte.length), known]);
    }
    found.sort(([, a], [, b]) => a.until - b.until);
    return new ClientTokens(clock, new Map(found));
  }

  /**
   * Whether the transaction was done already.
   * @throws AwsError IdempotentParameterMismatchException
   */
  wasDone(token: string, items: readonly unknown[]): boolean {
    const known = this.#known.get(token);
    if (known === undefined || known.until <= this.#clock.now()) return false;
    if (known.request === digest(items)) return true;
    throw new DynamoError(
      "IdempotentParameterMismatchException",
      "The request has another payload than the one before with the same idempotent token",
    );
  }

  /** What to write together with the transaction; once that is done, `remember` it. */
  prepare(token: string, items: readonly unknown[]): { writes: Write[]; remember: () => void } {
    const known = { request: digest(items), until: this.#clock.now() + lifetime };
    const old = this.#old();
    return {
      writes: [
        ...old.map((name): Write => ({ type: "del", key: range.gte + name })),
        { type: "put", key: range.gte + token, value: known },
      ],
      remember: () => {
        for (const name of [...old, token]) this.#known.delete(name);
        this.#known.set(token, known);
      },
    };
  }

  #old(): string[] {
    const tokens: string[] = [];
    for (const [token, { until }] of this.#known) {
      if (until > this.#clock.now()) break;
      tokens.push(token);
    }
    return tokens;
  }
}

/** The same for items that differ in the order of their members only. */
function digest(items: readonly unknown[]): string {
  const sorted = JSON.stringify(items, (_name, value) =>
    isObject(value) ? inOrder(value) : value,
  );
  return createHash("sha256").update(sorted).digest("base64");
}

function inOrder(record: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
