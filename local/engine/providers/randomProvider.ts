import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { updateOfConfiguration } from "../../pulumi/configurationDiff.ts";
import type { Created, Diff, Provider } from "../../pulumi/provider.ts";
import { sameValues } from "../../pulumi/values/json.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { unknown } from "../../pulumi/values/propertyValue.ts";
import { words } from "./petNames.ts";

/** What a resource of the `random` package is made of: its inputs' defaults, and its result. */
type RandomType = {
  readonly defaults: PropertyMap;
  readonly make: (inputs: PropertyMap) => Created;
};

/**
 * Pulumi's `random` provider, for the resources that name other ones: RandomPet, RandomString,
 * RandomPassword, RandomId, RandomUuid, RandomInteger.
 *
 * https://www.pulumi.com/registry/packages/random/
 */
export const randomProvider: Provider = {
  configure: () => randomProvider,
  diffConfiguration: updateOfConfiguration,

  async check({ type, inputs }) {
    const definition = types[type];
    if (definition === undefined) {
      const reason = `the local run has no ${type}; there are ${Object.keys(types).join(", ")}`;
      return { inputs, failures: [{ property: "", reason }] };
    }
    return { inputs: { ...definition.defaults, ...inputs }, failures: [] };
  },

  async diff({ inputs, newInputs }): Promise<Diff> {
    const names = [...new Set([...Object.keys(inputs), ...Object.keys(newInputs)])];
    const replaces = names.filter(
      (name) => !sameValues({ value: inputs[name] ?? null }, { value: newInputs[name] ?? null }),
    );
    return {
      changes: replaces.length > 0,
      replaces,
      deleteBeforeReplace: false,
      stables: [],
      detailed: Object.fromEntries(replaces.map((name) => [name, "update-replace" as const])),
    };
  },

  async create({ type, inputs, preview }) {
    if (preview) return { id: "", outputs: { ...inputs, ...unknownResults } };
    return definitionOf(type).make(inputs);
  },

  async read({ id, inputs = {}, outputs = {} }) {
    return { id, inputs, outputs };
  },

  async update({ newInputs }) {
    return newInputs;
  },

  async delete() {},

  async invoke(token) {
    throw new Error(`the local run does not answer ${token}`);
  },
};

const unknownResults: PropertyMap = Object.fromEntries(
  ["result", "hex", "dec", "b64Std", "b64Url"].map((name) => [name, unknown]),
);

const characters = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
};

const textDefaults: PropertyMap = {
  lower: true,
  upper: true,
  numeric: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
};

const types: Readonly<Record<string, RandomType>> = {
  "random:index/randomPet:RandomPet": { defaults: { length: 2, separator: "-" }, make: makePet },
  "random:index/randomString:RandomString": { defaults: textDefaults, make: makeString },
  "random:index/randomPassword:RandomPassword": {
    defaults: textDefaults,
    make: (inputs) => ({ ...makeString(inputs), id: "none" }),
  },
  "random:index/randomId:RandomId": { defaults: {}, make: makeId },
  "random:index/randomUuid:RandomUuid": {
    defaults: {},
    make: (inputs) => result(inputs, randomUUID()),
  },
  "random:index/randomInteger:RandomInteger": {
    defaults: {},
    make: (inputs) => {
      const number = randomInt(numberOf(inputs.min), numberOf(inputs.max) + 1);
      return { id: String(number), outputs: { ...inputs, result: number } };
    },
  },
};

function definitionOf(type: string): RandomType {
  const definition = types[type];
  if (definition === undefined) throw new Error(`the local run has no ${type}`);
  return definition;
}

function makePet(inputs: PropertyMap): Created {
  const count = numberOf(inputs.length);
  const chosen = Array.from({ length: count }, (_, index) =>
    pick(
      index === count - 1 ? words.names : index === count - 2 ? words.adjectives : words.adverbs,
    ),
  );
  const prefix = typeof inputs.prefix === "string" ? [inputs.prefix] : [];
  return result(inputs, [...prefix, ...chosen].join(String(inputs.separator)));
}

function makeString(inputs: PropertyMap): Created {
  const kinds = Object.keys(characters).map((kind) => ({
    set: setOf(inputs, kind),
    min: numberOf(inputs[`min${kind[0]?.toUpperCase()}${kind.slice(1)}`]),
    isUsed: inputs[kind] !== false,
  }));
  const required = kinds.flatMap(({ set, min }) => Array.from({ length: min }, () => pick(set)));
  const all = kinds.filter(({ isUsed }) => isUsed).map(({ set }) => set);
  const rest = Array.from({ length: numberOf(inputs.length) - required.length }, () =>
    pick(all.join("")),
  );
  return result(inputs, shuffled([...required, ...rest]).join(""));
}

function setOf(inputs: PropertyMap, kind: string): string {
  if (kind === "special" && typeof inputs.overrideSpecial === "string") {
    return inputs.overrideSpecial;
  }
  return Object.entries(characters).find(([name]) => name === kind)?.[1] ?? "";
}

function makeId(inputs: PropertyMap): Created {
  const bytes = randomBytes(numberOf(inputs.byteLength));
  const prefix = typeof inputs.prefix === "string" ? inputs.prefix : "";
  const hex = bytes.toString("hex");
  return {
    id: bytes.toString("base64url"),
    outputs: {
      ...inputs,
      hex: prefix + hex,
      dec: prefix + BigInt(`0x${hex || "0"}`).toString(),
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + bytes.toString("base64url"),
    },
  };
}

function result(inputs: PropertyMap, text: string): Created {
  return { id: text, outputs: { ...inputs, result: text } };
}

function pick(from: string | readonly string[]): string {
  return from[randomInt(from.length)] ?? "";
}

function shuffled(items: readonly string[]): string[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] ?? "", result[last] ?? ""];
  }
  return result;
}

function numberOf(value: PropertyMap[string] | undefined): number {
  return typeof value === "number" ? value : 0;
}
