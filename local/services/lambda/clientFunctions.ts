import * as v from "valibot";
import { AwsError } from "../../protocol/awsError.ts";
import type { ClientResources } from "../../storage/clientResources.ts";
import type { CodeFiles } from "./code.ts";
import type { FunctionDefinition } from "./definition.ts";
import type { EventSourceMapping } from "./eventSourceMappings/eventSourceMapping.ts";
import type { Mappings } from "./eventSourceMappings/mappings.ts";
import type { Functions } from "./functions.ts";
import type { LambdaFunction } from "./lambdaFunction.ts";
import type { StreamMapping } from "./streamMappings/streamMapping.ts";
import type { StreamMappings } from "./streamMappings/streamMappings.ts";

export type ClientFunctionsOptions = {
  readonly resources: ClientResources;
  readonly functions: Functions;
  readonly mappings: Mappings;
  readonly streamMappings: StreamMappings;
};

/** The functions and event source mappings that clients made by the API, kept beyond the run. */
export class ClientFunctions {
  readonly #options: ClientFunctionsOptions;

  constructor(options: ClientFunctionsOptions) {
    this.#options = options;
  }

  /** To be called when a client has made a function, or has given its own function new code. */
  setFunction(name: string, files: CodeFiles): void {
    const { functions, resources } = this.#options;
    resources.save("function", name, definitionOf(functions.get(name)));
    resources.setContents("function", name, JSON.stringify(encoded(files)));
  }

  hasFunction(name: string): boolean {
    return this.#options.resources.has("function", name);
  }

  /** To be called when a client has made a mapping. */
  addMapping(mapping: EventSourceMapping | StreamMapping): void {
    const kind = "streamArn" in mapping ? "streamMapping" : "mapping";
    this.#options.resources.save(kind, mapping.uuid, mapping);
  }

  /** To be called after a client's change: keeps what has become of its functions and mappings. */
  follow(): void {
    const { resources, functions, mappings, streamMappings } = this.#options;
    for (const { id } of resources.list("function")) {
      const found = functions.find(id);
      if (found === undefined) resources.remove("function", id);
      else resources.save("function", id, definitionOf(found));
    }
    for (const [kind, all] of [
      ["mapping", mappings],
      ["streamMapping", streamMappings],
    ] as const) {
      for (const { id } of resources.list(kind)) {
        const found = all.find(id);
        if (found === undefined) resources.remove(kind, id);
        else resources.save(kind, id, found);
      }
    }
  }

  /**
   * Makes the functions that were kept; their roles are to be there.
   * @returns why functions could not be made
   */
  restoreFunctions(): string[] {
    const { resources, functions } = this.#options;
    return resources.list("function").flatMap(({ id, definition }) =>
      problemsOf(`function ${id}`, () => {
        const files = decoded(resources.contents("function", id));
        const kept: Omit<FunctionDefinition, "files"> = JSON.parse(definition);
        functions.create({ ...kept, files });
      }),
    );
  }

  /**
   * Makes the mappings that were kept; what they read and invoke is to be there.
   * @returns why mappings could not be made
   */
  restoreMappings(): string[] {
    const { resources, mappings, streamMappings } = this.#options;
    const make = (kind: "mapping" | "streamMapping", create: (definition: string) => void) =>
      resources
        .list(kind)
        .flatMap(({ id, definition }) => problemsOf(`mapping ${id}`, () => create(definition)));
    return [
      ...make("mapping", (definition) => {
        const kept: EventSourceMapping = JSON.parse(definition);
        mappings.create(kept);
      }),
      ...make("streamMapping", (definition) => {
        const kept: StreamMapping = JSON.parse(definition);
        streamMappings.create(kept);
      }),
    ];
  }
}

/** What of a function its definition holds, without its code. */
function definitionOf(found: LambdaFunction): Omit<FunctionDefinition, "files"> {
  const { name, version, description, reservedConcurrency, deadLetterTargetArn } = found;
  const { handler, runtime, roleArn, memoryMb, timeoutSeconds, environment } = version;
  return {
    ...{ name, handler, runtime, description, roleArn, memoryMb, timeoutSeconds, environment },
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    ...(deadLetterTargetArn !== undefined && { deadLetterTargetArn }),
    asynchronous: found.asynchronous,
    statements: found.statements,
  };
}

function encoded(files: CodeFiles): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, Buffer.from(content).toString("base64")]),
  );
}

const contents = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

function decoded(text: string): CodeFiles {
  return Object.fromEntries(
    Object.entries(v.parse(contents, text)).map(([path, content]) => [
      path,
      Buffer.from(content, "base64"),
    ]),
  );
}

/** What a service refuses costs that resource alone, which is kept for the next run. */
function problemsOf(what: string, make: () => void): string[] {
  try {
    make();
    return [];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return [`${what}, which a client made, could not be made again: ${error.message}`];
  }
}
