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
  const gone = Object.keys(before).filter((name) => after[name] === undefined);
  return {
    ...Object.fromEntries(gone.map((name) => [name, unset[name] ?? ""])),
    ...Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value)),
  };
}

/** The account in an ARN. */
export function ownerOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
