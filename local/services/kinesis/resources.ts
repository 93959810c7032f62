import { oneOf, range } from "../../provider/declaration/checks.ts";
import {
  flag,
  list,
  listed,
  number,
  object,
  region,
  replaces,
  tags,
  text,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";

const stream = resourceType({
  type: "aws:kinesis/stream:Stream",
  inputs: {
    encryptionType: listed(text({ default: "NONE" }), "records are encrypted on AWS only"),
    enforceConsumerDeletion: flag({ default: false }),
    kmsKeyId: listed(text(), "records are encrypted on AWS only"),
    name: text(replaces),
    region,
    retentionPeriod: number({ default: 24, check: range(24, 8760) }),
    // Local streams are not resharded: a change makes a new stream, and says so.
    shardCount: number({ replaces: true, check: range(1, 500) }),
    shardLevelMetrics: listed(list(text()), "streams are measured on AWS only"),
    streamModeDetails: object(
      { streamMode: text({ required: true, check: oneOf("PROVISIONED", "ON_DEMAND") }) },
      { computed: true },
    ),
    tags,
  },
  name: { input: "name", maximum: 128 },
  computed: ["arn"],
  transient: true,
  create: ({ dataStreams: streams }, { name = "", ...given }, making) => {
    const { shardCount, retentionPeriod: retentionHours, streamModeDetails } = given;
    const mode = streamModeDetails?.streamMode === "ON_DEMAND" ? "ON_DEMAND" : "PROVISIONED";
    const { arn } = streams.create(name, { mode, shardCount, retentionHours });
    return making.id(() => arn);
  },
  update: ({ dataStreams: streams }, _id, { name = "", retentionPeriod }) =>
    streams.setRetention(name, retentionPeriod),
  delete: ({ dataStreams: streams }, id) => streams.delete(id),
  read: ({ dataStreams: streams }, id) => {
    const found = streams.find(id);
    return found && { arn: found.arn, name: found.name, retentionPeriod: found.retentionHours };
  },
});

export const kinesisTypes: readonly ResourceType[] = [stream];
