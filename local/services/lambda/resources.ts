import type { ResourceType } from "../../provider/declaration/resourceType.ts";
import { eventInvokeConfig } from "./resources/eventInvokeConfig.ts";
import { eventSourceMapping } from "./resources/eventSourceMapping.ts";
import { lambdaFunctionType } from "./resources/function.ts";
import { layerVersion } from "./resources/layerVersion.ts";
import { permission } from "./resources/permission.ts";

export const lambda: readonly ResourceType[] = [
  lambdaFunctionType,
  layerVersion,
  eventSourceMapping,
  permission,
  eventInvokeConfig,
];
