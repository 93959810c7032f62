import { type Archive, type Asset, AssetValue, unknown } from "./propertyValue.ts";
import {
  isList,
  isValueMap,
  ResourceReference,
  Secret,
  type Value,
  type ValueMap,
} from "./value.ts";

/** Marks in JSON what is not plain; no property of AWS has this name. */
const kindKey = "$pulumi";

/** How a secret's JSON text is kept. */
export type SecretTexts = {
  readonly encrypt: (text: string) => string;
  readonly decrypt: (kept: string) => string;
};

/** Properties as the state keeps them: as JSON, in which the text of each secret is encrypted. */
export function toJson(values: ValueMap, { encrypt }: Pick<SecretTexts, "encrypt">): unknown {
  return jsonOf(values, encrypt);
}

function jsonOf(value: Value, encrypt: SecretTexts["encrypt"]): unknown {
  if (value === unknown) return { [kindKey]: "unknown" };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Secret) {
    const text = JSON.stringify(jsonOf(value.value, encrypt));
    return { [kindKey]: "encrypted", text: encrypt(text) };
  }
  if (value instanceof AssetValue) return { [kindKey]: "asset", value: value.value };
  if (value instanceof ResourceReference) {
    const id = value.id === unknown ? undefined : value.id;
    return { [kindKey]: "resource", urn: value.urn, id };
  }
  if (isList(value)) return value.map((each) => jsonOf(each, encrypt));
  if (!isValueMap(value)) return null;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, jsonOf(each, encrypt)]),
  );
}

/** Reads what {@link toJson} wrote. */
export function fromJson(json: unknown, { decrypt }: Pick<SecretTexts, "decrypt">): ValueMap {
  const value = fromJsonValue(json, decrypt);
  return isValueMap(value) ? value : {};
}

function fromJsonValue(json: unknown, decrypt: SecretTexts["decrypt"]): Value {
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean")
    return json;
  if (typeof json !== "object" || json === null) return null;
  if (Array.isArray(json)) return json.map((each) => fromJsonValue(each, decrypt));
  const fields: Record<string, unknown> = Object.fromEntries(Object.entries(json));
  switch (fields[kindKey]) {
    case undefined:
      return Object.fromEntries(
        Object.entries(fields).map(([key, each]) => [key, fromJsonValue(each, decrypt)]),
      );
    case "encrypted":
      return new Secret(fromJsonValue(JSON.parse(decrypt(String(fields.text))), decrypt));
    case "resource":
      return new ResourceReference(
        String(fields.urn),
        typeof fields.id === "string" ? fields.id : undefined,
      );
    case "asset":
      return new AssetValue(assetOf(fields.value));
    case "unknown":
      return unknown;
    default:
      throw new Error(`a value in the state is of an unknown kind: ${String(fields[kindKey])}`);
  }
}

function assetOf(json: unknown): Asset | Archive {
  const { kind, hash, ...rest }: Record<string, unknown> = { ...Object(json) };
  const hashed = typeof hash === "string" ? { hash } : {};
  const text = (name: string) => String(rest[name]);
  switch (kind) {
    case "fileAsset":
    case "fileArchive":
      return { kind, path: text("path"), ...hashed };
    case "remoteAsset":
    case "remoteArchive":
      return { kind, uri: text("uri"), ...hashed };
    case "assetArchive": {
      const assets = Object.entries(Object(rest.assets));
      return {
        kind,
        assets: Object.fromEntries(assets.map(([name, each]) => [name, assetOf(each)])),
        ...hashed,
      };
    }
    default:
      return { kind: "textAsset", text: text("text"), ...hashed };
  }
}

/** Properties as plain JavaScript for people and tests: secrets opened, assets by what they are. */
export function plainOutputs(values: ValueMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, plainOf(each)]));
}

function plainOf(value: Value): unknown {
  if (value === unknown) return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Secret) return plainOf(value.value);
  if (value instanceof AssetValue) return value.value;
  if (value instanceof ResourceReference) return { urn: value.urn, id: value.id };
  if (isList(value)) return value.map(plainOf);
  return isValueMap(value) ? plainOutputs(value) : undefined;
}

/** Whether two maps of properties say the same, secrets opened. */
export function sameValues(a: ValueMap, b: ValueMap): boolean {
  return canonical(a) === canonical(b);
}

function canonical(values: ValueMap): string {
  return JSON.stringify(jsonOf(openAll(values), plainText), (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))
      : each,
  );
}

/** There is no secret left. */
const plainText = (text: string) => text;

function openAll(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Secret) return openAll(value.value);
  if (isList(value)) return value.map(openAll);
  if (!isValueMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, openAll(each)]));
}
