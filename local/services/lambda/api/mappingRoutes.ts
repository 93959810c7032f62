import type { Authorize } from "../../../protocol/access.ts";
import type { Call } from "../../../protocol/call.ts";
import type { EventSourceMapping } from "../eventSourceMappings/eventSourceMapping.ts";
import type { Mappings } from "../eventSourceMappings/mappings.ts";
import type { Functions } from "../functions.ts";
import { mappingSettings } from "./mappingSettings.ts";
import { jsonReply, page, type Route, refuseUnlessAllowed } from "./route.ts";

type Options = {
  readonly functions: Functions;
  readonly mappings: Mappings;
  readonly authorize: Authorize;
};

/** The operations on event source mappings. */
export function mappingRoutes({ functions, mappings, authorize }: Options): Route[] {
  const find = (call: Call, action: string, uuid: string): EventSourceMapping => {
    const found = mappings.get(uuid);
    refuseUnlessAllowed(authorize, call, `lambda:${action}`, found.arn);
    return found;
  };
  return [
    {
      method: "GET",
      path: "/2015-03-31/event-source-mappings",
      answer(call) {
        refuseUnlessAllowed(authorize, call, "lambda:ListEventSourceMappings", "*");
        const { items, ...next } = page(call, wanted(call, functions, mappings), 100);
        const listed = items.map((mapping) => configuration(mapping, settledState(mapping)));
        return jsonReply(200, { EventSourceMappings: listed, ...next });
      },
    },
    {
      method: "GET",
      path: "/2015-03-31/event-source-mappings/{UUID}",
      answer(call, uuid) {
        const mapping = find(call, "GetEventSourceMapping", uuid);
        return jsonReply(200, configuration(mapping, settledState(mapping)));
      },
    },
    {
      method: "PUT",
      path: "/2015-03-31/event-source-mappings/{UUID}",
      answer(call, uuid) {
        const before = find(call, "UpdateEventSourceMapping", uuid);
        const after = mappings.update(uuid, mappingSettings(call));
        return jsonReply(202, configuration(after, passingState(before, after)));
      },
    },
  ];
}

function wanted({ query }: Call, functions: Functions, mappings: Mappings): EventSourceMapping[] {
  const queueArn = query.get("EventSourceArn");
  const name = query.get("FunctionName");
  const functionArn = name === null ? null : functions.get(name).arn;
  return mappings
    .list()
    .filter((mapping) => queueArn === null || mapping.queueArn === queueArn)
    .filter((mapping) => functionArn === null || mapping.functionArn === functionArn);
}

function settledState({ enabled }: EventSourceMapping): string {
  return enabled ? "Enabled" : "Disabled";
}

/** The state in which AWS answers a change, though here it is done at once. */
function passingState(before: EventSourceMapping, after: EventSourceMapping): string {
  if (before.enabled === after.enabled) return "Updating";
  return after.enabled ? "Enabling" : "Disabling";
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
function configuration(mapping: EventSourceMapping, state: string): object {
  const { maximumConcurrency, provisionedPollers, filters, problem } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.windowSeconds,
    FunctionResponseTypes: mapping.reportBatchItemFailures ? ["ReportBatchItemFailures"] : [],
    ...(filters.length > 0
      ? { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } }
      : {}),
    ...(maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    ...(provisionedPollers === undefined
      ? {}
      : {
          ProvisionedPollerConfig: {
            MinimumPollers: provisionedPollers.minimum,
            MaximumPollers: provisionedPollers.maximum,
          },
        }),
    LastModified: mapping.lastModified / 1000,
    ...(problem === undefined ? {} : { LastProcessingResult: `PROBLEM: ${problem}` }),
    State: state,
    StateTransitionReason: "USER_INITIATED",
  };
}
