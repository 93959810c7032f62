import type { ResourceType } from "../../provider/declaration/resourceType.ts";
import { alias } from "./resources/alias.ts";
import { eventInvokeConfig } from "./resources/eventInvokeConfig.ts";
import { eventSourceMapping } from "./resources/eventSourceMapping.ts";
import { lambdaFunctionType } from "./resources/function.ts";
import { functionUrl } from "./resources/functionUrl.ts";
import { invocation } from "./resources/invocation.ts";
import { layerVersion } from "./resources/layerVersion.ts";
import { permission } from "./resources/permission.ts";

export const lambda: readonly ResourceType[] = [
  lambdaFunctionType,
  alias,
  functionUrl,
  invocation,
  layerVersion,
  eventSourceMapping,
  permission,
  eventInvokeConfig,
];
