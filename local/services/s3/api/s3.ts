import { account } from "../../../arn.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import {
  newRequestIds,
  type RequestIds,
  restXmlErrorReply,
} from "../../../protocol/restXmlError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Buckets } from "../buckets.ts";
import type { ObjectOrigin } from "../interface.ts";
import { S3Error } from "../s3Error.ts";
import { preflightReply, withCors } from "./cors.ts";
import { chooseOperation, type S3Context } from "./operation.ts";
import { operations } from "./operations.ts";
import { accessDenied } from "./permissions.ts";
import { readRequest, type S3Request } from "./request.ts";

export type S3Options = {
  readonly buckets: Buckets;
  readonly clock: Clock;
  readonly region: string;
  readonly authorize: Authorize;
};

/**
 * Serves S3's REST API, path-style and virtual-hosted, over `Buckets`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function s3Service(options: S3Options): (call: Call) => Promise<Reply> {
  return async (call) => {
    const ids = newRequestIds();
    const reply = await answer(call, ids, options);
    const headers = {
      ...reply.headers,
      server: "AmazonS3",
      "x-amz-request-id": ids.requestId,
      "x-amz-id-2": ids.hostId,
    };
    return { ...reply, headers };
  };
}

function answer(call: Call, ids: RequestIds, options: S3Options): Promise<Reply> {
  return withFailures(call, ids, async () => {
    const request = readRequest(call, ids);
    const reply = await withFailures(call, ids, () => run(request, options));
    // A page may read why a request has failed.
    return withCors(reply, request, options.buckets);
  });
}

/** The reply of `work`, or that of its error. */
async function withFailures(
  call: Call,
  ids: RequestIds,
  work: () => Reply | Promise<Reply>,
): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    return failureReply(call, ids, error);
  }
}

/** @throws what is no answer of AWS's form */
function failureReply(call: Call, ids: RequestIds, error: unknown): Reply {
  if (!(error instanceof AwsError)) throw error;
  const reply = restXmlErrorReply(error, ids);
  // A reply to HEAD has no body.
  return call.method === "HEAD" ? { ...reply, body: "" } : reply;
}

/** S3 behind a distribution: the same API, whose authorization knows on whose behalf it is called. */
export function s3Origin(options: S3Options): ObjectOrigin {
  return {
    hasBucket: (name) => options.buckets.find(name) !== undefined,
    serve: (call, context) => {
      const authorize: Authorize = (request) =>
        options.authorize({ ...request, context: { ...request.context, ...context } });
      return s3Service({ ...options, authorize })(call);
    },
  };
}

function run(request: S3Request, options: S3Options): Reply | Promise<Reply> {
  if (request.call.method === "OPTIONS") return preflightReply(request, options.buckets);
  return runOperation(request, options);
}

function runOperation(request: S3Request, options: S3Options): Reply | Promise<Reply> {
  const { buckets, clock, region } = options;
  if (request.bucket !== "" && !creates(request)) buckets.get(request.bucket);
  const operation = chooseOperation(operations, request);
  checkBucketOwner(request);
  const decide: S3Context["decide"] = (
    { action, resource, context },
    principal = request.call.principal,
  ) =>
    options.authorize({
      principal,
      action,
      resource,
      context: { ...overTls, ...context },
    });
  for (const permission of operation.permissions(request)) {
    const decision = decide(permission);
    if (!decision.allowed) throw accessDenied(request.call, permission, decision.reason);
  }
  return operation.run(request, { buckets, region, now: clock.now(), decide });
}

/** Whether the request is for a bucket that need not exist yet. */
function creates({ call, key, query }: S3Request): boolean {
  return call.method === "PUT" && key === "" && query.size === 0;
}

/** Callers may name the account that they take for the owner, so as not to be deceived. */
function checkBucketOwner({ headers }: S3Request): void {
  for (const name of ["x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"]) {
    const expected = headers[name];
    if (expected === undefined || expected === account) continue;
    if (!/^\d{12}$/.test(expected)) {
      throw new S3Error(
        "InvalidBucketOwnerAWSAccountID",
        `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`,
      );
    }
    throw new S3Error("AccessDenied", "Access Denied", { status: 403 });
  }
}
