import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { archiveMark, type FlatResource, fileMark, folderMark } from "./flatResource.ts";

/** Registers the resources one after the other, as a program without components would. */
export function flatProgram(resources: readonly FlatResource[]): void {
  const created = new Map<string, pulumi.CustomResource>();
  for (const resource of resources) {
    const Type = classOf(resource.type);
    const find = (urn: string) => {
      const found = created.get(urn);
      if (found === undefined) throw new Error(`${resource.urn} comes before ${urn}`);
      return found;
    };
    const inputs = Object.entries(resource.inputs).map(([input, value]) => {
      const sources = (resource.inputDependencies[input] ?? []).map((urn) => find(urn).id);
      return [input, dependent(given(value), sources)] as const;
    });
    created.set(
      resource.urn,
      new Type(resource.name, Object.fromEntries(inputs), {
        dependsOn: resource.dependsOn.map(find),
        protect: resource.protect,
      }),
    );
  }
}

type ResourceClass = new (
  name: string,
  args: Readonly<Record<string, unknown>>,
  options: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;

/** The class of `aws:sqs/queue:Queue`. */
function classOf(type: string): ResourceClass {
  const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  const found: unknown = Reflect.get(Object(Reflect.get(aws, module)), name);
  if (!isClass(found)) throw new Error(`@pulumi/aws has no class for ${type}`);
  return found;
}

function isClass(value: unknown): value is ResourceClass {
  return typeof value === "function";
}

/** Known when what it comes from is. */
function dependent(value: unknown, [first, ...others]: pulumi.Output<pulumi.ID>[]): unknown {
  if (first === undefined) return value;
  return others.length === 0
    ? first.apply(() => value)
    : pulumi.all([first, ...others]).apply(() => value);
}

const file = v.strictObject({ [fileMark]: v.string() });
const folder = v.strictObject({ [folderMark]: v.string() });
const archive = v.strictObject({ [archiveMark]: v.record(v.string(), file) });

function given(value: unknown): unknown {
  if (v.is(file, value)) return new pulumi.asset.FileAsset(value[fileMark]);
  if (v.is(folder, value)) return new pulumi.asset.FileArchive(value[folderMark]);
  if (!v.is(archive, value)) return value;
  const files = Object.entries(value[archiveMark]).map(
    ([name, { [fileMark]: path }]) => [name, new pulumi.asset.FileAsset(path)] as const,
  );
  return new pulumi.asset.AssetArchive(Object.fromEntries(files));
}
