import { randomUUID } from "node:crypto";
import type { Authorize } from "../../../protocol/access.ts";
import type { Call } from "../../../protocol/call.ts";
import type { ClientFunctions } from "../clientFunctions.ts";
import type { EventSourceMapping } from "../eventSourceMappings/eventSourceMapping.ts";
import type { Mappings } from "../eventSourceMappings/mappings.ts";
import type { Functions } from "../functions.ts";
import type { StreamMapping } from "../streamMappings/streamMapping.ts";
import type { StreamMappings } from "../streamMappings/streamMappings.ts";
import { queueMappingConfiguration, streamMappingConfiguration } from "./mappingConfiguration.ts";
import {
  mappingSettings,
  namesStream,
  queueMappingDefinition,
  streamMappingDefinition,
  streamMappingSettings,
} from "./mappingSettings.ts";
import { jsonReply, page, type Route, refuseUnlessAllowed } from "./route.ts";

type Options = {
  readonly functions: Functions;
  readonly mappings: Mappings;
  readonly streamMappings: StreamMappings;
  readonly authorize: Authorize;
  /** Opens the streams of tables, before a mapping reads one. */
  readonly openStreams: () => Promise<void>;
  /** Keeps what clients make. @default nothing is kept */
  readonly clients?: ClientFunctions | undefined;
};

/** The operations on event source mappings: of queues, and of streams. */
export function mappingRoutes(options: Options): Route[] {
  const { mappings, streamMappings, authorize } = options;
  const authorizeOn = (call: Call, action: string, { arn }: { readonly arn: string }) =>
    refuseUnlessAllowed(authorize, call, `lambda:${action}`, arn);
  return [
    {
      method: "GET",
      path: "/2015-03-31/event-source-mappings",
      answer(call) {
        refuseUnlessAllowed(authorize, call, "lambda:ListEventSourceMappings", "*");
        const { items, ...next } = page(call, wanted(call, options), 100);
        return jsonReply(200, { EventSourceMappings: items.map(settledConfiguration), ...next });
      },
    },
    {
      method: "GET",
      path: "/2015-03-31/event-source-mappings/{UUID}",
      answer(call, uuid) {
        const mapping = streamMappings.find(uuid) ?? mappings.get(uuid);
        authorizeOn(call, "GetEventSourceMapping", mapping);
        return jsonReply(200, settledConfiguration(mapping));
      },
    },
    {
      method: "POST",
      path: "/2015-03-31/event-source-mappings",
      async answer(call) {
        refuseUnlessAllowed(authorize, call, "lambda:CreateEventSourceMapping", "*");
        return jsonReply(202, await create(call, options));
      },
    },
    {
      method: "DELETE",
      path: "/2015-03-31/event-source-mappings/{UUID}",
      answer(call, uuid) {
        const stream = streamMappings.find(uuid);
        authorizeOn(call, "DeleteEventSourceMapping", stream ?? mappings.get(uuid));
        if (stream === undefined) {
          return jsonReply(202, queueMappingConfiguration(mappings.delete(uuid), "Deleting"));
        }
        streamMappings.delete(uuid);
        return jsonReply(202, { ...streamMappingConfiguration(stream), State: "Deleting" });
      },
    },
    {
      method: "PUT",
      path: "/2015-03-31/event-source-mappings/{UUID}",
      answer(call, uuid) {
        const stream = streamMappings.find(uuid);
        const before = stream ?? mappings.get(uuid);
        authorizeOn(call, "UpdateEventSourceMapping", before);
        if ("streamArn" in before) return jsonReply(202, updateStream(call, before, options));
        const after = mappings.update(uuid, mappingSettings(call));
        return jsonReply(202, queueMappingConfiguration(after, passingState(before, after)));
      },
    },
  ];
}

async function create(call: Call, options: Options): Promise<object> {
  const { functions, mappings, streamMappings, openStreams, clients } = options;
  if (!namesStream(call)) {
    const made = mappings.create(queueMappingDefinition(call));
    clients?.addMapping(made);
    return queueMappingConfiguration(made, made.enabled ? "Creating" : "Disabled");
  }
  await openStreams();
  const definition = streamMappingDefinition(call, randomUUID());
  const { arn: functionArn } = functions.get(definition.functionArn);
  const made = streamMappings.create({ ...definition, functionArn });
  clients?.addMapping(made);
  return { ...streamMappingConfiguration(made), State: "Creating" };
}

function updateStream(
  call: Call,
  before: StreamMapping,
  { functions, streamMappings }: Options,
): object {
  const { functionArn: named, ...changes } = streamMappingSettings(call);
  const functionArn = named === undefined ? before.functionArn : functions.get(named).arn;
  const after = streamMappings.update(before.uuid, { ...changes, functionArn });
  return { ...streamMappingConfiguration(after), State: passingState(before, after) };
}

type Mapping = EventSourceMapping | StreamMapping;

function wanted({ query }: Call, { functions, mappings, streamMappings }: Options): Mapping[] {
  const sourceArn = query.get("EventSourceArn");
  const name = query.get("FunctionName");
  const functionArn = name === null ? null : functions.get(name).arn;
  return [...mappings.list(), ...streamMappings.list()]
    .filter((mapping) => sourceArn === null || sourceOf(mapping) === sourceArn)
    .filter((mapping) => functionArn === null || mapping.functionArn === functionArn);
}

function sourceOf(mapping: Mapping): string {
  return "queueArn" in mapping ? mapping.queueArn : mapping.streamArn;
}

function settledConfiguration(mapping: Mapping): object {
  if ("streamArn" in mapping) return streamMappingConfiguration(mapping);
  return queueMappingConfiguration(mapping, mapping.enabled ? "Enabled" : "Disabled");
}

/** The state in which AWS answers a change, though here it is done at once. */
function passingState(before: Mapping, after: Mapping): string {
  if (before.enabled === after.enabled) return "Updating";
  return after.enabled ? "Enabling" : "Disabling";
}
