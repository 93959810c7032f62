import * as v from "valibot";
import { formatArn } from "../../../arn.ts";
import type { Authorize, Decision } from "../../../protocol/access.ts";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import type { ClientFunctions } from "../clientFunctions.ts";
import type { CodeFiles } from "../code.ts";
import { requireTrust } from "../executionRole.ts";
import type { Functions } from "../functions.ts";
import { findFunction } from "./findFunction.ts";
import { functionConfiguration } from "./functionConfiguration.ts";
import {
  type CodeInput,
  configurationOf,
  createFunctionInput,
  updateCodeInput,
  updateConfigurationInput,
} from "./functionInput.ts";
import { requestBody } from "./requestBody.ts";
import { jsonReply, type Route, refuseUnlessAllowed } from "./route.ts";

export type FunctionChangesOptions = {
  readonly functions: Functions;
  readonly authorize: Authorize;
  readonly region: string;
  /** Reads an object, in which code may be. */
  readonly readObject: (bucket: string, key: string, version: string | undefined) => Buffer;
  /** @returns the files of a zip file by path; undefined for bytes that are none */
  readonly unzip: (bytes: Buffer) => Promise<CodeFiles | undefined>;
  /** Whether Lambda may assume a role. */
  readonly assume: (roleArn: string, service: string) => Decision;
  /** Keeps what clients make. @default nothing is kept */
  readonly clients?: ClientFunctions | undefined;
};

const concurrency = v.strictObject({ ReservedConcurrentExecutions: v.number() });

/** The operations that create, change and delete functions. */
export function functionChanges(options: FunctionChangesOptions): Route[] {
  const { functions, authorize, region, clients } = options;
  return [
    {
      method: "POST",
      path: "/2015-03-31/functions",
      async answer(call) {
        const given = requestBody(createFunctionInput, call, "CreateFunction");
        const { FunctionName: name, Handler: handler, Role: roleArn, Runtime: runtime } = given;
        const arn = formatArn("lambda", region, `function:${name}`);
        refuseUnlessAllowed(authorize, call, "lambda:CreateFunction", arn);
        requirePassableRole(options, call, roleArn);
        const files = await filesOf(options, given.Code);
        functions.create({ ...configurationOf(given), name, handler, roleArn, runtime, files });
        clients?.setFunction(name, files);
        return jsonReply(201, functionConfiguration(functions.get(name)));
      },
    },
    {
      method: "PUT",
      path: "/2015-03-31/functions/{FunctionName}/configuration",
      answer(call, name) {
        const { arn } = findFunction(options, call, "UpdateFunctionConfiguration", name);
        const given = requestBody(updateConfigurationInput, call, "UpdateFunctionConfiguration");
        if (given.Role !== undefined) requirePassableRole(options, call, given.Role);
        return jsonReply(
          200,
          functionConfiguration(functions.configure(arn, configurationOf(given))),
        );
      },
    },
    {
      method: "PUT",
      path: "/2015-03-31/functions/{FunctionName}/code",
      async answer(call, name) {
        const found = findFunction(options, call, "UpdateFunctionCode", name);
        const { arn } = found;
        const files = await filesOf(
          options,
          requestBody(updateCodeInput, call, "UpdateFunctionCode"),
        );
        functions.updateCode(arn, files);
        if (clients?.hasFunction(found.name)) clients.setFunction(found.name, files);
        return jsonReply(200, functionConfiguration(functions.get(arn)));
      },
    },
    {
      method: "PUT",
      path: "/2017-10-31/functions/{FunctionName}/concurrency",
      answer(call, name) {
        const { arn } = findFunction(options, call, "PutFunctionConcurrency", name);
        const given = requestBody(concurrency, call, "PutFunctionConcurrency");
        functions.configure(arn, { reservedConcurrency: given.ReservedConcurrentExecutions });
        return jsonReply(200, given);
      },
    },
    {
      method: "DELETE",
      path: "/2017-10-31/functions/{FunctionName}/concurrency",
      answer(call, name) {
        const { arn } = findFunction(options, call, "DeleteFunctionConcurrency", name);
        functions.configure(arn, { reservedConcurrency: undefined });
        return { status: 204, headers: {}, body: "" };
      },
    },
    {
      method: "DELETE",
      path: "/2015-03-31/functions/{FunctionName}",
      answer(call, name) {
        const { arn } = findFunction(options, call, "DeleteFunction", name);
        if (call.query.has("Qualifier")) throw notSupported("DeleteFunction of a single version");
        functions.delete(arn);
        return { status: 204, headers: {}, body: "" };
      },
    },
  ];
}

function requirePassableRole(options: FunctionChangesOptions, call: Call, roleArn: string): void {
  refuseUnlessAllowed(options.authorize, call, "iam:PassRole", roleArn);
  requireTrust(options, roleArn);
}

async function filesOf(
  { readObject, unzip }: FunctionChangesOptions,
  { ZipFile, S3Bucket, S3Key = "", S3ObjectVersion }: CodeInput,
): Promise<CodeFiles> {
  if (ZipFile === undefined && S3Bucket === undefined) {
    throw invalid("Please provide a source for function code.");
  }
  const bytes =
    ZipFile === undefined
      ? readObject(S3Bucket ?? "", S3Key, S3ObjectVersion)
      : Buffer.from(ZipFile, "base64");
  const files = await unzip(bytes);
  if (files !== undefined) return files;
  throw invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
