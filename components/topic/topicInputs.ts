import { type HandlerSpec, handlerArgs } from "../consumers/consumerFunction.ts";
import { isExistingFunction } from "../consumers/existingFunction.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { plainEntry, plainInputs } from "../plainInputs.ts";
import { isBucketSource, type Source } from "../sources/source.ts";
import { bucketName } from "../sources/sourceName.ts";

/** The inputs that a FanoutTopic registers. Of consumers, those that decide which messages they receive. */
export function topicInputs(args: FanoutTopicArgs): Record<string, unknown> {
  const { fifo, publishers, encryption, alarms, dashboard, deliveryLogging, tracing } = args;
  return plainInputs({
    consumers: args.consumers.map(consumerInputs),
    sources: args.sources?.map(sourceInputs),
    ...{ fifo, publishers, alarms, dashboard, deliveryLogging, tracing },
    encryption: typeof encryption === "object" ? "existing key" : encryption,
    maxMessageSize: args.maxMessageSize,
  });
}

function sourceInputs(source: Source): object {
  return isBucketSource(source) ? { ...source, bucket: bucketName(source) } : source;
}

function consumerInputs(spec: FanoutTopicArgs["consumers"][number]): object {
  const { name, kind = "queue", filter, filterScope } = spec;
  return {
    ...{ name, kind, filter, filterScope },
    ...("fifo" in spec && { fifo: spec.fifo }),
    ...("account" in spec && { account: spec.account }),
    ...("region" in spec && { region: spec.region }),
    ...("handler" in spec && { handler: handlerInput(spec.handler) }),
  };
}

function handlerInput(handler: HandlerSpec | undefined): string | undefined {
  if (handler === undefined) return undefined;
  if (isExistingFunction(handler)) return "existing function";
  const { entry } = handlerArgs(handler);
  return entry === undefined ? "container image" : plainEntry(entry);
}
