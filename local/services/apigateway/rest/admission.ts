import type { WebRequest } from "../../../protocol/webMessage.ts";
import { admitSigner, type SignerOptions } from "../signer.ts";
import { type Authorization, Authorizers, type AuthorizersOptions } from "./authorizer.ts";
import {
  authorizerConfigurationError,
  denied,
  type GatewayError,
  invalidApiKey,
  invalidSignature,
  missingAuthenticationToken,
} from "./gatewayResponse.ts";
import type { RestMethod } from "./restApi.ts";
import type { RestDefinition } from "./restDefinition.ts";
import type { UsagePlans } from "./usagePlans.ts";

export type AdmissionsOptions = AuthorizersOptions & SignerOptions;

/** Where an API finds the key of a request: in its header, or in what the authorizer says. */
export type ApiKeySource = "HEADER" | "AUTHORIZER";

/** What is known of a caller who has been let in. */
export type Known = {
  /** What an authorizer says: values of its context as texts, and the principal's id. */
  readonly authorizer?: Readonly<Record<string, string>> | undefined;
  /** Of the signer, where IAM decides. */
  readonly userArn?: string | undefined;
  /** Of the key that opened the stage. */
  readonly apiKeyId?: string | undefined;
};

/** A request that has come to a method. */
export type Arrived = {
  readonly apiId: string;
  readonly executionArn: string;
  readonly apiKeySource: ApiKeySource;
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly definition: Pick<RestDefinition, "authorizers">;
  readonly method: RestMethod;
  /** Its path is without the stage. */
  readonly request: WebRequest;
  readonly requestId: string;
  /** What a REQUEST authorizer gets. */
  readonly event: object;
};

type Said = { readonly authorization?: Authorization; readonly userArn?: string };

/** Who may call the methods of REST APIs: by an authorizer or IAM, and by a key. */
export class Admissions {
  readonly #options: AdmissionsOptions;
  readonly #authorizers: Authorizers;
  readonly #usagePlans: UsagePlans;

  constructor(options: AdmissionsOptions, usagePlans: UsagePlans) {
    this.#options = options;
    this.#authorizers = new Authorizers(options);
    this.#usagePlans = usagePlans;
  }

  async admit(arrived: Arrived): Promise<Known | { readonly error: GatewayError }> {
    const said = await this.#authorize(arrived);
    if ("error" in said) return said;
    const { authorization, userArn } = said;
    const known = { userArn, authorizer: authorization && textsOf(authorization) };
    if (!arrived.method.apiKeyRequired) return known;
    const apiKeyId = this.#keyOf(arrived, authorization);
    return apiKeyId === undefined ? { error: invalidApiKey } : { ...known, apiKeyId };
  }

  async #authorize(arrived: Arrived): Promise<Said | { readonly error: GatewayError }> {
    const { method, executionArn, stageName, request, definition } = arrived;
    const { authorization } = method;
    if (authorization === undefined) return {};
    const methodArn = `${executionArn}/${stageName}/${request.method}${request.path}`;
    if (authorization === "AWS_IAM") return this.#admitSigner(request, methodArn);
    const authorizer = definition.authorizers.get(authorization.authorizerId);
    if (authorizer === undefined) return { error: authorizerConfigurationError };
    const said = await this.#authorizers.authorize(authorizer, { ...arrived, methodArn });
    return "error" in said ? said : { authorization: said };
  }

  #admitSigner(request: WebRequest, methodArn: string): Said | { readonly error: GatewayError } {
    const admission = admitSigner(this.#options, request, methodArn);
    if ("userArn" in admission) return admission;
    const { refusal, message } = admission;
    if (refusal === "unsigned") return { error: missingAuthenticationToken };
    return { error: refusal === "denied" ? denied(message) : invalidSignature(message) };
  }

  /** The id of the key that opens the stage. */
  #keyOf({ apiKeySource, apiId, stageName, request }: Arrived, said: Authorization | undefined) {
    const value =
      apiKeySource === "AUTHORIZER" ? said?.usageIdentifierKey : request.headers["x-api-key"];
    return this.#usagePlans.openedBy(value, apiId, stageName);
  }
}

function textsOf({ principalId, context }: Authorization): Record<string, string> {
  const texts = Object.entries(context).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(texts), principalId };
}
