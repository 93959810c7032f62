import { changedAttributes } from "../../../provider/attributes.ts";

type Attributes = Readonly<Record<string, string>>;

/** What an attribute is set to so that it is as if it had never been set. @default the empty text */
const unset: Readonly<Record<string, string>> = {
  ArchivePolicy: "{}",
  FifoThroughputScope: "Topic",
  FilterPolicyScope: "MessageAttributes",
  RawMessageDelivery: "false",
  SignatureVersion: "1",
};

/** What has to be set so that the attributes `before` become those `after`. */
export function changed(before: Attributes, after: Attributes): Attributes {
  return changedAttributes(before, after, unset);
}

/** The account in an ARN. */
export function ownerOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
