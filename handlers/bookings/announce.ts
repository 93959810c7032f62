import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { BookingEvent } from "./booking.ts";

/** Publishes an event of a booking. Consumers filter by the attribute `event`. */
export async function announce(
  sns: SNSClient,
  topicArn: string,
  event: BookingEvent,
): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message: JSON.stringify(event),
      MessageAttributes: { event: text(event.event), roomType: text(event.roomType) },
    }),
  );
}

function text(value: string) {
  return { DataType: "String", StringValue: value };
}
