import type { MessageAttribute } from "../../../aws/messageAttributes.ts";
import type { Cloud } from "../../cloud.ts";
import type { PeekedMessage } from "../../services/sqs/inspection.ts";
import type { EventFailure } from "../failures/eventFailure.ts";
import { type Place, replayOf } from "../replay/replay.ts";
import type { AttributeText, QueueMessage, QueueView } from "./types.ts";

/** How many messages are shown of a queue. */
const mostMessages = 100;

/** How many moves are shown of a queue; SQS lists as many. */
const mostMoves = 10;

/**
 * @param place whose queue it is; undefined for one of no consumer
 * @param failures what went wrong with events
 */
export function queueView(
  { queues }: Cloud,
  arn: string,
  place: Place | undefined,
  failures: readonly EventFailure[],
): QueueView {
  const byEvent = new Map(failures.map((failure) => [failure.event.id, failure]));
  const { attributes, fifo, url } = queues.get(arn);
  return {
    arn,
    url,
    fifo,
    state: queues.counts(arn),
    visibilityTimeoutSeconds: Number(attributes.VisibilityTimeout),
    retentionSeconds: Number(attributes.MessageRetentionPeriod),
    deadLettersOf: queues.deadLetterSources(arn).map((source) => source.arn),
    messages: queues.peek(arn, mostMessages).map((message) => {
      const failure = failureAt(byEvent.get(message.event), arn, message, place);
      return { ...messageOf(message), ...(failure !== undefined && { failure }) };
    }),
    moves: queues.listMoveTasks(arn, mostMoves),
    replay: replayOf(place),
  };
}

/** Of the branch that the message is of: of its queue, of the queue that it comes from, or of the function. */
function failureAt(
  failure: EventFailure | undefined,
  arn: string,
  { systemAttributes }: PeekedMessage,
  place: Place | undefined,
): QueueMessage["failure"] {
  const { DeadLetterQueueSourceArn: sourceArn } = systemAttributes;
  const places = [arn, sourceArn, place?.consumer.endpoint];
  const branch = failure?.branches.find(({ endpoint }) => places.includes(endpoint));
  if (branch === undefined) return undefined;
  const { reason, position } = branch;
  return { reason, ...(position !== undefined && { position }) };
}

function messageOf(message: PeekedMessage): QueueMessage {
  const { messageId, body, attributes, state, visibleAt, event, systemAttributes } = message;
  const { MessageGroupId: groupId, DeadLetterQueueSourceArn: sourceArn } = systemAttributes;
  return {
    messageId,
    body,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, textOf(value)]),
    ),
    state,
    visibleAt,
    sentAt: Number(systemAttributes.SentTimestamp),
    receiveCount: Number(systemAttributes.ApproximateReceiveCount),
    ...(groupId !== undefined && { groupId }),
    ...(sourceArn !== undefined && { sourceArn }),
    event,
  };
}

function textOf({ dataType, stringValue, binaryValue }: MessageAttribute): AttributeText {
  return { dataType, text: stringValue ?? binaryValue ?? "" };
}
