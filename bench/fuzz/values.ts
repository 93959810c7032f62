import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import type { Random } from "./random.ts";

const hostileTexts = [
  "",
  " ",
  "\u0000",
  "é\u2028",
  "a".repeat(300),
  "😀".repeat(100),
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "<a>&amp;</a>",
  "]]>",
  "%00%zz",
  "null",
  "{}",
  "[]",
  "{",
  '{"a":[{"numeric":[">",0]}]}',
  '{"__proto__":[{"prefix":"x"}]}',
  '{"a":{"$or":[{"b":[1]},{"c":[null]}]}}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:000000000000:fuzz"}]}',
  '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:nowhere","maxReceiveCount":"x"}',
  "1",
  "-1",
  "1e400",
  "0x10",
  "rate(0 minutes)",
  "cron(* * 31 2 ? *)",
  "arn:aws:sqs:us-east-1:000000000000:",
  "arn:aws:sns:us-east-1:000000000000:a:b:c:d",
  "http://127.0.0.1:1/",
  "attribute_exists(#a) AND (:b",
  "SET #a = if_not_exists(#a, :b) + :b REMOVE c[9999999999]",
];

const hostileNumbers = [0, 1, -1, 2, 10, 11, 900, 901, 43_201, 2 ** 31, 2 ** 53, -0.5, 1e308];

/** How deep lists, maps and structures nest at most. */
const deepest = 5;

/** In one input. */
const mostValues = 200;

/** Inputs for operations: right in type, and random in value. */
export class Values {
  readonly #random: Random;
  /** What earlier answers named so: a queue's URL, a receipt handle, an upload's id. */
  readonly #seen = new Map<string, string[]>();
  /** How many values the input that is being made may still have. */
  #left = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Remembers the texts of an answer or an input by the names of their members. */
  remember(value: unknown, name = ""): void {
    if (typeof value === "string") this.#rememberText(name, value);
    else if (Array.isArray(value)) for (const each of value) this.remember(each, name);
    else if (isPlain(value)) {
      for (const [member, each] of Object.entries(value)) this.remember(each, member);
    }
  }

  #rememberText(name: string, text: string): void {
    if (text === "" || text.length > 2048) return;
    const texts = this.#seen.get(nameOf(name)) ?? [];
    if (!texts.includes(text)) texts.push(text);
    this.#seen.set(nameOf(name), texts.slice(-20));
  }

  of(ref: SchemaRef): unknown {
    this.#left = mostValues;
    return this.#value(NormalizedSchema.of(ref), "", 0);
  }

  /** @param name of the member whose value it is */
  #value(schema: NormalizedSchema, name: string, depth: number): unknown {
    const random = this.#random;
    this.#left -= 1;
    const isFull = depth > deepest || this.#left < 0;
    if (schema.isStructSchema()) return this.#structure(schema, depth, isFull);
    if (schema.isListSchema()) {
      const length = isFull ? 0 : random.pick([0, 1, 1, 2, 3, 11]);
      const item = schema.getValueSchema();
      return Array.from({ length }, () => this.#value(item, name, depth + 1));
    }
    if (schema.isMapSchema()) {
      const length = isFull ? 0 : random.pick([0, 1, 1, 2, 12]);
      const entries = Array.from({ length }, () => [
        this.#text(`${name}Key`),
        this.#value(schema.getValueSchema(), name, depth + 1),
      ]);
      return Object.fromEntries(entries);
    }
    if (schema.isBlobSchema()) return Buffer.from(this.#text(name));
    if (schema.isTimestampSchema()) return new Date(random.pick([0, 1e12, 4e12, -1e12]));
    if (schema.isBooleanSchema()) return random.chance(0.5);
    if (schema.isNumericSchema()) return this.#number(name);
    return this.#text(name);
  }

  #structure(schema: NormalizedSchema, depth: number, isFull: boolean): unknown {
    const members = [...schema.structIterator()];
    if (isFull || members.length === 0) return schema.isUnionSchema() ? { S: "deep" } : {};
    if (schema.isUnionSchema()) {
      const [name, member] = this.#random.pick(members);
      return { [name]: this.#value(member, name, depth + 1) };
    }
    const required = requiredCount(schema);
    const taken = members.filter(
      ([name], index) =>
        // A stated length would only make the cloud wait for bytes that never come.
        name !== "ContentLength" &&
        this.#random.chance(index < required ? 0.97 : this.#likelihood(name, depth)),
    );
    return Object.fromEntries(
      taken.map(([name, member]) => [name, this.#value(member, name, depth + 1)]),
    );
  }

  #likelihood(name: string, depth: number): number {
    if (this.#seen.has(nameOf(name))) return 0.5;
    return depth > 2 ? 0.1 : 0.25;
  }

  #number(name: string): number {
    // Long polls would only wait.
    if (name === "WaitTimeSeconds") return this.#random.pick([0, 0, -1, 21]);
    return this.#random.pick(hostileNumbers);
  }

  #text(name: string): string {
    const seen = this.#seen.get(nameOf(name)) ?? [];
    if (seen.length > 0 && this.#random.chance(0.85)) return this.#random.pick(seen);
    const all = [...this.#seen.values()].flat();
    if (all.length > 0 && this.#random.chance(0.5)) return this.#random.pick(all);
    return this.#random.pick(hostileTexts);
  }
}

/** The first members of a structure are those that it requires. */
function requiredCount(schema: NormalizedSchema): number {
  const structure = schema.getSchema();
  const count = Array.isArray(structure) ? structure[6] : undefined;
  return typeof count === "number" ? count : 0;
}

/** `topicArn` and `TopicArn` are the same thing. */
function nameOf(member: string): string {
  return member.toLowerCase();
}

/** Not a stream, a date or bytes. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
