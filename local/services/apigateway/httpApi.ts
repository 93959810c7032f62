import type { CorsSettings } from "../../protocol/cors.ts";
import type { HttpAuthorizer } from "./httpAuthorizer.ts";
import type { ServiceIntegration } from "./serviceIntegration.ts";
import type { TokenBucket } from "./tokenBucket.ts";

export type Integration = FunctionIntegration | OtherIntegration;

/** With another service than Lambda. */
export type OtherIntegration = {
  readonly service: ServiceIntegration;
  readonly timeoutMilliseconds: number;
};

export type FunctionIntegration = {
  readonly functionArn: string;
  /** The role as which the function is invoked; absent for the API's own permission. */
  readonly credentials?: string | undefined;
  readonly timeoutMilliseconds: number;
  /** @default "2.0" */
  readonly payloadFormat?: "1.0" | "2.0";
};

export type StageSettings = {
  readonly throttling?: Throttling | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
};

export type Stage = {
  readonly name: string;
  readonly limit: TokenBucket | "none";
  readonly variables: Readonly<Record<string, string>>;
};

type Throttling = { readonly perSecond: number; readonly burst: number };

/** An API's id, domain name and ARN. */
export type ApiNames = {
  readonly id: string;
  /** `<id>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly executionArn: string;
};

export type Route = {
  readonly integrationId: string;
  /** What a request needs. @default nothing */
  readonly guard?: Guard | undefined;
};

export type Guard =
  | "AWS_IAM"
  | {
      readonly authorizerId: string;
      /** A JWT needs one of them. */
      readonly scopes: readonly string[];
    };

export type HttpApi = ApiNames & {
  /** Absent for an API that leaves preflights to its routes. */
  cors?: CorsSettings | undefined;
  readonly integrations: Map<string, Integration>;
  /** By route key. */
  readonly routes: Map<string, Route>;
  /** By id. */
  readonly authorizers: Map<string, HttpAuthorizer>;
  /** By name; without a stage the API serves nothing. */
  readonly stages: Map<string, Stage>;
};

/** A path may begin with the name of a stage; else it is the default stage's. */
export function stageOf(
  { stages }: HttpApi,
  path: string,
): { stage: Stage | undefined; path: string } {
  const [, first = "", rest = "/"] = /^\/([^/]*)(\/.*)?$/s.exec(path) ?? [];
  const named = first === "$default" ? undefined : stages.get(first);
  return named ? { stage: named, path: rest } : { stage: stages.get("$default"), path };
}
