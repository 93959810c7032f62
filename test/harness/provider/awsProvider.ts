import { Cloud } from "../../../local/cloud.ts";
import { AwsProvider, type AwsProviderOptions } from "../../../local/provider/awsProvider.ts";
import type { Checked, Diff } from "../../../local/pulumi/provider.ts";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";

/** A resource as an engine keeps it. */
export type Deployed = {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
};

export type ProviderWorld = {
  readonly cloud: Cloud;
  readonly provider: AwsProvider;
  check(type: string, name: string, inputs: PropertyMap): Promise<Checked>;
  /** Checks and creates, as an engine does. */
  create(type: string, name: string, inputs: PropertyMap): Promise<Deployed>;
  /** What an engine would do when the program gives these inputs now. */
  diff(before: Deployed, inputs: PropertyMap): Promise<Diff>;
  update(before: Deployed, inputs: PropertyMap): Promise<Deployed>;
  read(deployed: Deployed): ReturnType<AwsProvider["read"]>;
};

/** Always the same, so that names are. */
export const seed = Buffer.from("seed");

export function newCloud(dataDirectory?: string): Cloud {
  return new Cloud({
    region: "eu-west-1",
    clock: (activity) => new ManualClock(() => activity.idle()),
    endpoint: () => "http://127.0.0.1:4566",
    dataDirectory,
  });
}

export function providerWorld(
  cloud = newCloud(),
  options: AwsProviderOptions = {},
  configuration: PropertyMap = {},
): ProviderWorld {
  const provider = new AwsProvider(cloud, options).configure(configuration);
  const resource = (type: string, name: string) => ({ type, name, urn: `urn:${type}::${name}` });

  async function checked(type: string, name: string, inputs: PropertyMap, oldInputs?: PropertyMap) {
    const request = { ...resource(type, name), inputs, oldInputs, randomSeed: seed };
    const result = await provider.check(request);
    const { failures } = result;
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    return result.inputs;
  }

  const changeOf = async (before: Deployed, given: PropertyMap) => ({
    ...before,
    newInputs: await checked(before.type, before.name, given, before.inputs),
    ignoreChanges: [],
  });

  return {
    cloud,
    provider,
    check: (type, name, inputs) =>
      provider.check({ ...resource(type, name), inputs, randomSeed: seed }),
    create: async (type, name, given) => {
      const inputs = await checked(type, name, given);
      const made = await provider.create({ ...resource(type, name), inputs, preview: false });
      return { ...resource(type, name), inputs, ...made };
    },
    diff: async (before, given) => provider.diff(await changeOf(before, given)),
    update: async (before, given) => {
      const change = await changeOf(before, given);
      const outputs = await provider.update({ ...change, preview: false });
      return { ...before, inputs: change.newInputs, outputs };
    },
    read: (deployed) => provider.read(deployed),
  };
}
