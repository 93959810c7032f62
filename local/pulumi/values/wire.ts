import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { type Archive, type Asset, AssetValue, unknown } from "./propertyValue.ts";
import { ResourceReference, Secret, type Value, type ValueMap } from "./value.ts";

/*
 * Pulumi's encoding of properties in google.protobuf.Struct: an object under a reserved key says what it
 * stands for. The constants are those of the SDKs (sdk/go/common/resource/sig).
 */
const signatureKey = "4dabf18193072939515e22adb298388d";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Engines say of which type an unknown value will be. */
const unknownTexts = new Set([
  unknownText,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What is read of a message. */
export type Decoded = {
  readonly values: ValueMap;
  /** URNs of the resources that the outputs in a property depend on; only of properties with any. */
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Reads properties. An output value becomes its value, or a secret or unknown one. */
export function decodeProperties(message: struct.Struct | undefined): Decoded {
  const values: Record<string, Value> = {};
  const dependencies = new Map<string, ReadonlySet<string>>();
  for (const [name, field] of message?.getFieldsMap().entries() ?? []) {
    const urns = new Set<string>();
    values[name] = decode(field, urns);
    if (urns.size > 0) dependencies.set(name, urns);
  }
  return { values, dependencies };
}

export function decodeValue(message: struct.Value): Value {
  return decode(message, new Set());
}

const { KindCase } = struct.Value;

function decode(message: struct.Value, urns: Set<string>): Value {
  switch (message.getKindCase()) {
    case KindCase.STRING_VALUE: {
      const text = message.getStringValue();
      return unknownTexts.has(text) ? unknown : text;
    }
    case KindCase.NUMBER_VALUE:
      return message.getNumberValue();
    case KindCase.BOOL_VALUE:
      return message.getBoolValue();
    case KindCase.STRUCT_VALUE:
      return decodeObject(message.getStructValue(), urns);
    case KindCase.LIST_VALUE:
      return (message.getListValue()?.getValuesList() ?? []).map((each) => decode(each, urns));
    default:
      return null;
  }
}

function decodeObject(message: struct.Struct | undefined, urns: Set<string>): Value {
  const fields: Record<string, Value> = {};
  for (const [name, field] of message?.getFieldsMap().entries() ?? []) {
    fields[name] = decode(field, urns);
  }
  const signature = fields[signatureKey];
  return signature === undefined ? fields : decodeSpecial(signature, fields, urns);
}

function decodeSpecial(signature: Value, fields: ValueMap, urns: Set<string>): Value {
  switch (signature) {
    case secretSignature:
      return new Secret(fields.value ?? null);
    case outputSignature: {
      for (const urn of Array.isArray(fields.dependencies) ? fields.dependencies : [])
        urns.add(urn);
      const value = fields.value === undefined ? unknown : fields.value;
      return fields.secret === true ? new Secret(value) : value;
    }
    case resourceSignature:
      return new ResourceReference(textOf(fields.urn), idOf(fields.id));
    case assetSignature:
      return new AssetValue(decodeAsset(fields));
    case archiveSignature:
      return new AssetValue(decodeArchive(fields));
    default:
      throw new Error(
        `a property is of a kind that the local run does not know: ${String(signature)}`,
      );
  }
}

function idOf(value: Value | undefined): ResourceReference["id"] {
  if (value === unknown) return unknown;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Where there is no path or address, engines leave it out or send an empty text. */
function decodeAsset(fields: ValueMap): Asset {
  const [path, uri, hash] = [textOf(fields.path), textOf(fields.uri), hashIn(fields)];
  if (path !== "") return { kind: "fileAsset", path, ...hash };
  if (uri !== "") return { kind: "remoteAsset", uri, ...hash };
  return { kind: "textAsset", text: textOf(fields.text), ...hash };
}

function decodeArchive(fields: ValueMap): Archive {
  const [path, uri, hash] = [textOf(fields.path), textOf(fields.uri), hashIn(fields)];
  if (path !== "") return { kind: "fileArchive", path, ...hash };
  if (uri !== "") return { kind: "remoteArchive", uri, ...hash };
  const assets: Record<string, Asset | Archive> = {};
  for (const [name, each] of Object.entries(fields.assets ?? {})) {
    if (each instanceof AssetValue) assets[name] = each.value;
  }
  return { kind: "assetArchive", assets, ...hash };
}

function hashIn({ hash }: ValueMap): { readonly hash?: string } {
  return typeof hash === "string" && hash !== "" ? { hash } : {};
}

function textOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Writes properties; what is `undefined` is left out. */
export function encodeProperties(values: ValueMap): struct.Struct {
  return structOf(encodeMap(values));
}

/** Writes properties with the resources that each depends on, as output values. */
export function encodeWithDependencies(
  values: ValueMap,
  dependencies: ReadonlyMap<string, readonly string[]>,
): struct.Struct {
  const message = new struct.Struct();
  const fields = message.getFieldsMap();
  for (const [name, value] of Object.entries(values)) {
    const urns = dependencies.get(name) ?? [];
    fields.set(name, urns.length === 0 ? encode(value) : encodeOutput(value, urns));
  }
  return message;
}

function encodeOutput(value: Value, urns: readonly string[]): struct.Value {
  const opened = value instanceof Secret ? value.value : value;
  return special(outputSignature, {
    ...(opened !== unknown && { value: opened }),
    ...(value instanceof Secret && { secret: true }),
    dependencies: urns,
  });
}

function encode(value: Value): struct.Value {
  const message = new struct.Value();
  if (value === null) return message.setNullValue(struct.NullValue.NULL_VALUE);
  if (value === unknown) return message.setStringValue(unknownText);
  if (typeof value === "string") return message.setStringValue(value);
  if (typeof value === "number") return message.setNumberValue(value);
  if (typeof value === "boolean") return message.setBoolValue(value);
  if (Array.isArray(value)) {
    return message.setListValue(new struct.ListValue().setValuesList(value.map(encode)));
  }
  return encodeObject(value);
}

function encodeObject(
  value: Exclude<Value, null | boolean | number | string | symbol>,
): struct.Value {
  if (value instanceof Secret) return special(secretSignature, { value: value.value });
  if (value instanceof ResourceReference) {
    const { urn, id } = value;
    return special(resourceSignature, { urn, ...(id !== undefined && { id }) });
  }
  if (value instanceof AssetValue) return encodeAsset(value.value);
  return new struct.Value().setStructValue(structOf(encodeMap(value)));
}

function encodeAsset(asset: Asset | Archive): struct.Value {
  const { kind, ...rest } = asset;
  const signature = kind.endsWith("Archive") ? archiveSignature : assetSignature;
  if (!("assets" in rest)) return special(signature, rest);
  const { assets, ...others } = rest;
  const parts = Object.entries(assets).map(([name, each]) => [name, new AssetValue(each)]);
  return special(signature, { ...others, assets: Object.fromEntries(parts) });
}

function special(signature: string, fields: ValueMap): struct.Value {
  return new struct.Value().setStructValue(
    structOf(encodeMap({ [signatureKey]: signature, ...fields })),
  );
}

function* encodeMap(values: ValueMap | readonly Value[]): Iterable<[string, struct.Value]> {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) yield [name, encode(value)];
  }
}

function structOf(fields: Iterable<[string, struct.Value]>): struct.Struct {
  const message = new struct.Struct();
  const map = message.getFieldsMap();
  for (const [name, value] of fields) map.set(name, value);
  return message;
}
