/** A source map, version 3: https://tc39.es/ecma426/ */
type SourceMap = {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
};

/** What a source is in a reduced map. */
export type ReducedSource = {
  readonly name: string;
  /** Whether places in it are kept; else all of its code is at its beginning, which takes little room. */
  readonly withPlaces: boolean;
};

/**
 * Reduces a source map to some of its sources. Code from other sources has no position in the result.
 *
 * @param text the source map, JSON
 * @param reduce returns what a source is in the result, or undefined to omit it
 * @returns JSON
 */
export function reduceSourceMap(
  text: string,
  reduce: (source: string) => ReducedSource | undefined,
): string {
  const { sources, names, mappings }: SourceMap = JSON.parse(text);
  const reducedSources = sources.map(reduce);
  const reader = new MappingReader(mappings);
  const writer = new MappingWriter();
  const keptSources = new Index<string>();
  const keptNames = new Index<string>();
  while (reader.next()) {
    const source = reader.source === undefined ? undefined : reducedSources[reader.source];
    const name = reader.name === undefined ? undefined : names[reader.name];
    if (source === undefined) writer.addUnmapped(reader);
    else if (!source.withPlaces) writer.addWhole(reader, keptSources.of(source.name));
    else {
      writer.addMapped(reader, {
        source: keptSources.of(source.name),
        line: reader.line,
        column: reader.column,
        name: name === undefined ? undefined : keptNames.of(name),
      });
    }
  }
  const reduced: SourceMap = {
    version: 3,
    sources: keptSources.values(),
    names: keptNames.values(),
    mappings: writer.text(),
  };
  return JSON.stringify(reduced);
}

/** Numbers values in the order of their first use. */
class Index<T> {
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  values(): T[] {
    return [...this.#numbers.keys()];
  }
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const valueOfDigit = new Uint8Array(128);
for (const [value, digit] of [...digits].entries()) valueOfDigit[digit.charCodeAt(0)] = value;

const comma = ",".charCodeAt(0);
const semicolon = ";".charCodeAt(0);

/** Iterates over the segments of a map. Lines and columns count from 0. */
class MappingReader {
  generatedLine = 0;
  generatedColumn = 0;
  /** Undefined if the segment has no position in a source. */
  source: number | undefined;
  line = 0;
  column = 0;
  name: number | undefined;
  readonly #text: string;
  #at = 0;
  #lastSource = 0;
  #lastName = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Advances to the next segment. @returns whether there is one */
  next(): boolean {
    while (this.#isSeparator()) {
      if (this.#text.charCodeAt(this.#at++) !== semicolon) continue;
      this.generatedLine++;
      this.generatedColumn = 0;
    }
    if (this.#at >= this.#text.length) return false;
    this.generatedColumn += this.#number();
    this.source = undefined;
    this.name = undefined;
    if (!this.#hasField()) return true;
    this.#lastSource += this.#number();
    this.source = this.#lastSource;
    this.line += this.#number();
    this.column += this.#number();
    if (!this.#hasField()) return true;
    this.#lastName += this.#number();
    this.name = this.#lastName;
    return true;
  }

  #isSeparator(): boolean {
    const code = this.#text.charCodeAt(this.#at);
    return code === comma || code === semicolon;
  }

  #hasField(): boolean {
    return this.#at < this.#text.length && !this.#isSeparator();
  }

  /** Base64 digits of 5 bits, lowest first; the sixth bit marks a continuation, the lowest bit is the sign. */
  #number(): number {
    let value = 0;
    let shift = 0;
    let digit: number;
    do {
      digit = valueOfDigit[this.#text.charCodeAt(this.#at++)] ?? 0;
      value |= (digit & 31) << shift;
      shift += 5;
    } while (digit & 32);
    return value & 1 ? -(value >>> 1) : value >>> 1;
  }
}

/** The start of a segment in the bundle. */
type Place = { readonly generatedLine: number; readonly generatedColumn: number };

type Position = {
  readonly source: number;
  readonly line: number;
  readonly column: number;
  readonly name: number | undefined;
};

class MappingWriter {
  readonly #parts: string[] = [];
  #line = 0;
  #generatedColumn = 0;
  #last = { source: 0, line: 0, column: 0, name: 0 };
  #mapped = false;
  /** The source that the code belongs to as a whole, in the present line. */
  #whole: number | undefined;

  addMapped(place: Place, { source, line, column, name }: Position): void {
    const last = this.#last;
    this.#begin(place);
    this.#parts.push(
      encode(source - last.source),
      encode(line - last.line),
      encode(column - last.column),
    );
    if (name !== undefined) this.#parts.push(encode(name - last.name));
    this.#last = { source, line, column, name: name ?? last.name };
    this.#mapped = true;
  }

  /** Code of a source of which no places are kept. */
  addWhole(place: Place, source: number): void {
    if (source === this.#whole && place.generatedLine === this.#line) return;
    this.addMapped(place, { source, line: 0, column: 0, name: undefined });
    this.#whole = source;
  }

  /** Ends the range of the preceding position, which readers would extend over later lines. */
  addUnmapped(place: Place): void {
    if (!this.#mapped) return;
    this.#begin(place);
    this.#mapped = false;
  }

  text(): string {
    return this.#parts.join("");
  }

  #begin({ generatedLine, generatedColumn }: Place): void {
    this.#whole = undefined;
    if (generatedLine > this.#line) {
      this.#parts.push(";".repeat(generatedLine - this.#line));
      this.#line = generatedLine;
      this.#generatedColumn = 0;
    } else if (this.#parts.length > 0) this.#parts.push(",");
    this.#parts.push(encode(generatedColumn - this.#generatedColumn));
    this.#generatedColumn = generatedColumn;
  }
}

function encode(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += digits[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}
