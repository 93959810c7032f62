import { formatArn } from "../../arn.ts";
import {
  optionalNumber,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

export const logs: Readonly<Record<string, ResourceType>> = {
  // A function's log is followed as it is written; nothing is kept, so that nothing has to expire.
  "aws:cloudwatch/logGroup:LogGroup": resourceType(
    { name: optionalText, retentionInDays: optionalNumber, region: optionalText, tags },
    (cloud, logicalName, { name = logicalName }) => ({
      id: name,
      outputs: { name, arn: formatArn("logs", cloud.region, `log-group:${name}`) },
    }),
  ),
};
