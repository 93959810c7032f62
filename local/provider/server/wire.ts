import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import {
  type Archive,
  type Asset,
  AssetValue,
  isList,
  isMap,
  type PropertyMap,
  type PropertyValue,
  unknown,
} from "../propertyValue.ts";

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
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const unknownTexts = new Set([
  unknownString,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * Properties as a provider sees them: secrets are opened, because the provider does not accept any and
 * the engine marks its outputs itself; a resource is its id.
 */
export function readProperties(message: struct.Struct | undefined): PropertyMap {
  return message === undefined ? {} : readMap(message.toJavaScript());
}

export function writeProperties(properties: PropertyMap): struct.Struct {
  const entries = Object.entries(properties).map(([name, value]) => [name, write(value)] as const);
  return struct.Struct.fromJavaScript(Object.fromEntries(entries));
}

function readMap(object: object): PropertyMap {
  const entries: [string, JavaScriptValue][] = Object.entries(object);
  return Object.fromEntries(
    entries.map(([name, value]): [string, PropertyValue] => [name, read(value)]),
  );
}

function read(value: JavaScriptValue): PropertyValue {
  if (typeof value === "string") return unknownTexts.has(value) ? unknown : value;
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== "object" || value === null) return value;
  const fields = readMap(value);
  const { [signatureKey]: signature } = fields;
  return signature === undefined ? fields : readSpecial(signature, fields);
}

function readSpecial(signature: PropertyValue, fields: PropertyMap): PropertyValue {
  switch (signature) {
    case secretSignature:
      return fields.value ?? null;
    case outputSignature:
      return fields.value === undefined ? unknown : fields.value;
    case resourceSignature:
      return fields.id === undefined || fields.id === "" ? (fields.urn ?? null) : fields.id;
    case assetSignature:
      return new AssetValue(readAsset(fields));
    case archiveSignature:
      return new AssetValue(readArchive(fields));
    default:
      throw new Error(`a property has a signature that is not known: ${String(signature)}`);
  }
}

function readAsset(fields: PropertyMap): Asset {
  const hash = hashIn(fields);
  const { path, uri, text } = fields;
  if (typeof path === "string" && path !== "") return { kind: "fileAsset", path, ...hash };
  if (typeof uri === "string" && uri !== "") return { kind: "remoteAsset", uri, ...hash };
  return { kind: "textAsset", text: typeof text === "string" ? text : "", ...hash };
}

function readArchive(fields: PropertyMap): Archive {
  const hash = hashIn(fields);
  const { path, uri, assets } = fields;
  if (typeof path === "string" && path !== "") return { kind: "fileArchive", path, ...hash };
  if (typeof uri === "string" && uri !== "") return { kind: "remoteArchive", uri, ...hash };
  const parts = Object.entries(isMap(assets) ? assets : {}).flatMap(([name, each]) =>
    each instanceof AssetValue ? [[name, each.value] as const] : [],
  );
  return { kind: "assetArchive", assets: Object.fromEntries(parts), ...hash };
}

function hashIn({ hash }: PropertyMap): { readonly hash?: string } {
  return typeof hash === "string" && hash !== "" ? { hash } : {};
}

function write(value: PropertyValue): JavaScriptValue {
  if (value === unknown) return unknownString;
  if (value instanceof AssetValue) return write(assetProperties(value.value));
  if (isList(value)) return value.map(write);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, write(each)]));
}

function assetProperties({ kind, ...asset }: Asset | Archive): PropertyMap {
  const isArchive = kind === "assetArchive" || kind === "fileArchive" || kind === "remoteArchive";
  const signature = { [signatureKey]: isArchive ? archiveSignature : assetSignature };
  if (!("assets" in asset)) return { ...signature, ...asset };
  const { assets, ...rest } = asset;
  const parts = Object.entries(assets).map(([name, each]): [string, PropertyValue] => [
    name,
    new AssetValue(each),
  ]);
  return { ...signature, ...rest, assets: Object.fromEntries(parts) };
}
