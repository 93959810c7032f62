import { diffConfiguration } from "../../../local/provider/configuration.ts";
import type {
  Checked,
  CheckRequest,
  Created,
  CreateRequest,
  Diff,
  Invoked,
  Provider,
  ReadRequest,
  ReadResource,
} from "../../../local/pulumi/provider.ts";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { existingResource, mockedResource, ownAccount, type State } from "./mockedResource.ts";

/**
 * A provider that creates nothing, and answers what AWS would. Programs are meant to need no lookups but of
 * their own account.
 */
export const awsAnswers: Provider = {
  configure: () => awsAnswers,
  diffConfiguration,

  async check({ inputs }: CheckRequest): Promise<Checked> {
    return { inputs, failures: [] };
  },

  async diff(): Promise<Diff> {
    return { changes: false, replaces: [], deleteBeforeReplace: false, stables: [], detailed: {} };
  },

  async create({ type, name, inputs, preview }: CreateRequest): Promise<Created> {
    const { id, state } = mockedResource(type, name, plain(inputs), preview);
    const answered: PropertyMap = JSON.parse(JSON.stringify(state));
    return { id, outputs: { ...answered, ...inputs } };
  },

  async read({ type, id, inputs = {} }: ReadRequest): Promise<ReadResource> {
    const answered: PropertyMap = JSON.parse(JSON.stringify(existingResource(type, id).state));
    return { id, inputs, outputs: { ...answered, ...inputs } };
  },

  async update({ newInputs }): Promise<PropertyMap> {
    return newInputs;
  },

  async delete() {},

  async invoke(token, args): Promise<Invoked> {
    if (token === "aws:index/getCallerIdentity:getCallerIdentity") {
      return { result: { accountId: ownAccount } };
    }
    if (token === "aws:cloudcontrol/getResource:getResource") {
      const isOnBus = args.identifier === bucketOnEventBridge;
      return { result: { properties: isOnBus ? onEventBridge : "{}" } };
    }
    throw new Error(`the program calls ${token}; it is meant to need no lookups`);
  },
};

/** The only existing bucket that has notifications: it sends its events to EventBridge. */
const bucketOnEventBridge = "archive-2019";
const onEventBridge = JSON.stringify({
  NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
});

/** The inputs that names and attributes are made of. */
function plain(inputs: PropertyMap): State {
  const texts: State = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value === "string" || typeof value === "boolean") texts[name] = value;
  }
  return texts;
}
