import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { PeekedMessage } from "../../services/sqs/inspection.ts";
import type { Examples } from "../../systems/examples.ts";
import { traceOfEvent } from "../../trace/spans/traceSpans.ts";
import type { RunRecords } from "../records.ts";
import { replay } from "../replay/replay.ts";
import { bucketView, objectView } from "../stored/objects.ts";
import { streamRecords } from "../stored/records.ts";
import { storesOf } from "../stored/stores.ts";
import { tableItems } from "../stored/tableItems.ts";
import { madeByClients } from "../systems/madeByClients.ts";
import { placesOf, queuePlace, type SystemShape } from "../systems/systemShape.ts";
import { eventView, failureView } from "./eventView.ts";
import { examplesOf } from "./examples.ts";
import { addFault, clearFaults, faultInput, faultsOf, removeFault } from "./faults.ts";
import { hopsAround } from "./hopsAround.ts";
import { functionStates, queueStates } from "./overview.ts";
import { presignUpload, uploadInput } from "./presignUpload.ts";
import { messageInput, previewDelivery, publish } from "./publish.ts";
import { queueView } from "./queueView.ts";
import { get, numberIn, post, type Route, required } from "./route.ts";
import { runTrigger, triggerStates } from "./triggers.ts";
import type { Events, Overview, TraceView } from "./types.ts";

export type ApiOptions = {
  readonly cloud: Cloud;
  readonly stack: string;
  /** How this run differs from AWS, for the reader. */
  readonly modes: readonly string[];
  readonly records: RunRecords;
  readonly systems: () => SystemShape[];
  /** Messages and files to try the systems with. */
  readonly examples: Examples;
  /** What is wrong with the handlers as they are saved now. */
  readonly problems: () => readonly string[];
};

const mappingInput = v.strictObject({ id: v.string(), enabled: v.boolean() });

const queueInput = v.strictObject({ queueArn: v.string() });

/** One message, or all that are there. */
const messagesInput = v.strictObject({
  queueArn: v.string(),
  messageId: v.optional(v.string()),
});

/** The most objects, items and records that are shown of one store. */
const mostShown = 200;

/** The most events that one answer has: a page that reads them is not to be held up. */
const mostEventsOnPage = 5000;

/** The most messages that one call deals with. */
const mostAtOnce = 10_000;

/** What the page asks and does, by the path below `/_fanout/api/`. */
export function consoleApi(options: ApiOptions): Readonly<Record<string, Route>> {
  const { cloud, systems } = options;
  const { history, failures, events, archive } = options.records;
  const { queues, outbox } = cloud;
  const logOf = (requestId: string) =>
    history
      .find(requestId)
      .map(({ log }) => log)
      .join("\n");

  return {
    overview: get(() => overview(options)),
    events: get(
      (query): Events => ({
        ...events.page({
          before: numberIn(query, "before"),
          after: numberIn(query, "after"),
          most: mostEventsOnPage,
        }),
        sequence: events.sequence,
      }),
    ),
    event: get((query) => {
      const id = required(query, "id");
      return eventView(cloud, id, hopsAround(cloud.trace, options.records, id), logOf);
    }),
    search: get((query) =>
      archive.search(required(query, "text"), {
        after: numberIn(query, "after"),
        upTo: numberIn(query, "upTo"),
      }),
    ),
    failures: get(() => failures.list().map((failure) => failureView(cloud, failure))),
    trace: get((query): TraceView => {
      const id = required(query, "id");
      return traceOfEvent(hopsAround(cloud.trace, options.records, id), id) ?? { spans: [] };
    }),
    invocations: get((query) => {
      const requestId = query.get("requestId");
      return requestId === null
        ? history.of(required(query, "function")).toReversed()
        : history.find(requestId);
    }),
    queue: get((query) => {
      const arn = required(query, "arn");
      return queueView(cloud, arn, queuePlace(systems(), arn), failures.list());
    }),
    stores: get(() => storesOf(cloud)),
    bucket: get((query) =>
      bucketView(cloud, required(query, "arn"), query.get("prefix") ?? "", mostShown),
    ),
    object: get((query) => objectView(cloud, required(query, "arn"), required(query, "key"))),
    table: get((query) => tableItems(cloud.tables, required(query, "name"), mostShown)),
    stream: get((query) => streamRecords(cloud, required(query, "arn"), mostShown)),
    outbox: get(() => outbox.list().toReversed()),
    faults: get(() => faultsOf(cloud)),
    examples: get((query) => examplesOf(options.examples, required(query, "system"))),

    "presign-upload": post(uploadInput, (input) => presignUpload(cloud, input)),
    publish: post(messageInput, (input) => publish(cloud, input)),
    previewDelivery: post(messageInput, (input) => previewDelivery(cloud, input)),
    redrive: post(queueInput, ({ queueArn }) => {
      // Of letters that a handler sent itself, SQS does not know the source.
      const [source, ...others] = queues.deadLetterSources(queueArn);
      const destinationArn = others.length === 0 ? source?.arn : undefined;
      return queues.startMoveTask({
        sourceArn: queueArn,
        ...(destinationArn !== undefined && { destinationArn }),
      });
    }),
    delete: post(messagesInput, ({ queueArn, messageId }) => {
      const chosen = messagesIn(cloud, queueArn, messageId);
      for (const message of chosen) queues.discard(queueArn, message.messageId);
      return { count: chosen.length };
    }),
    replay: post(messagesInput, ({ queueArn, messageId }) => {
      const chosen = messagesIn(cloud, queueArn, messageId);
      const place = queuePlace(systems(), queueArn);
      for (const message of chosen) replay(cloud, queueArn, message, place);
      return { count: chosen.length };
    }),
    "add-fault": post(faultInput, (input) => addFault(cloud, input)),
    "remove-fault": post(v.strictObject({ id: v.string() }), ({ id }) => removeFault(cloud, id)),
    "clear-faults": post(v.strictObject({}), () => clearFaults(cloud)),
    "run-trigger": post(v.strictObject({ arn: v.string() }), ({ arn }) => runTrigger(cloud, arn)),
    "set-mapping": post(mappingInput, ({ id, enabled }) => {
      cloud.mappings.setEnabled(id, enabled);
    }),
    "clear-failures": post(v.strictObject({}), () => failures.clear()),
    "clear-outbox": post(v.strictObject({}), () => outbox.clear()),
  };
}

async function overview(options: ApiOptions): Promise<Overview> {
  const { cloud, stack, modes, systems, problems } = options;
  const { failures } = options.records;
  const shapes = systems();
  return {
    stack,
    modes,
    region: cloud.region,
    now: cloud.clock.now(),
    systems: shapes,
    queues: queueStates(cloud),
    functions: functionStates(cloud),
    triggers: triggerStates(cloud),
    failures: failures.open,
    failing: failures.failing(),
    failingIn: Object.fromEntries(
      shapes.map((shape) => [shape.name, failures.countAt(new Set(placesOf(shape)))]),
    ),
    faults: faultsOf(cloud),
    outbox: cloud.outbox.list().length,
    notFromProgram: await madeByClients(cloud),
    problems: problems(),
  };
}

/** @throws AwsError when the message is not there any more */
function messagesIn({ queues }: Cloud, queueArn: string, messageId?: string): PeekedMessage[] {
  const all = queues.peek(queueArn, mostAtOnce);
  if (messageId === undefined) return all;
  const chosen = all.filter((message) => message.messageId === messageId);
  if (chosen.length > 0) return chosen;
  throw new AwsError("InvalidParameterValue", `The message ${messageId} is not in the queue.`);
}
