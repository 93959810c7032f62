import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { ownerCredentials } from "../../local/protocol/authentication/ownerCredentials.ts";
import { signedHeaders } from "../../local/protocol/authentication/signRequest.ts";
import type { ExampleFile } from "../../local/systems/examples.ts";
import type { Command, Context } from "../command.ts";
import { messageOf, OpsError, UsageError } from "../errors.ts";
import { exampleFile, listExampleFiles } from "../messages/exampleFiles.ts";
import { readLocalApi } from "../stack/localApi.ts";
import { readLocalSystems } from "../stack/localSystems.ts";
import { findNamed, logicalName, unknownName } from "../stack/names.ts";
import type { Stack } from "../stack/stack.ts";

export const put: Command = {
  name: "put",
  positionals: ["BUCKET", "[FILE]"],
  summary: "puts a file into a bucket of a local run",
  details: `BUCKET is the name of a bucket, or a system that has one. For a deployed stack, use aws s3 cp.`,
  options: {
    key: { type: "string", value: "KEY", about: "key of the object (the name of the file)" },
    type: { type: "string", value: "TYPE", about: "content type (application/octet-stream)" },
    example: {
      type: "string",
      value: "TITLE",
      about: "one of the system's example files instead of a file",
    },
  },
  async run(context) {
    const { given, stack, show } = context;
    const url = stack.localUrl;
    if (url === undefined) {
      throw new OpsError(
        "files can be put into a local run only; for a deployed stack, use aws s3 cp",
      );
    }
    const name = given.required(0, "BUCKET");
    const bucket = await bucketNamed(stack, url, name);
    const file = await fileFor(name, context);
    const { region } = await readLocalSystems(url);
    const event = await putObject(`${url}/${bucket}`, file, region);
    show(`${bucket}: put ${file.key} (event ${event})`, { bucket, key: file.key, event });
  },
};

const stores = v.object({ buckets: v.array(v.object({ name: v.string() })) });

/** A system's bucket, or a bucket by its name on AWS or in the program. */
async function bucketNamed({ systems }: Stack, url: string, name: string): Promise<string> {
  const ofSystem = systems.flatMap(({ name: system, bucket }) =>
    bucket === undefined ? [] : [{ name: system, bucket }],
  );
  const { buckets } = await readLocalApi(url, "stores", stores);
  const byName = buckets.map((bucket) => ({
    name: bucket.name,
    aliases: [logicalName(bucket.name), `arn:aws:s3:::${bucket.name}`],
    bucket: bucket.name,
  }));
  const found = findNamed(ofSystem, name) ?? findNamed(byName, name);
  if (found !== undefined) return found.bucket;
  throw unknownName(
    "bucket",
    name,
    [...byName, ...ofSystem].map((each) => each.name),
  );
}

type File = Pick<ExampleFile, "key" | "contentType" | "metadata"> & { readonly body: Uint8Array };

async function fileFor(system: string, { given, examples }: Context): Promise<File> {
  const file = given.optional(1);
  const title = given.text("example");
  if (file !== undefined && title !== undefined) {
    throw new UsageError("give either FILE or --example, not both");
  }
  if (title !== undefined) {
    const { body, ...example } = exampleFile(examples, system, title);
    const { key, contentType } = example;
    return {
      ...example,
      key: given.text("key") ?? key,
      contentType: given.text("type") ?? contentType,
      body: body(),
    };
  }
  if (file === undefined) {
    throw new UsageError(`give a FILE, or --example TITLE${listExampleFiles(examples, system)}`);
  }
  const body = await readFile(file).catch((cause: unknown) => {
    throw new OpsError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  });
  return {
    key: given.text("key") ?? path.basename(file),
    contentType: given.text("type") ?? "application/octet-stream",
    body,
  };
}

/** As the account's owner. @returns the id of the event */
async function putObject(
  bucketUrl: string,
  { key, contentType, metadata = {}, body }: File,
  region: string,
): Promise<string> {
  const url = new URL(`${bucketUrl}/${key.split("/").map(encodeURIComponent).join("/")}`);
  const sent = { method: "PUT", body: Buffer.from(body) };
  const headers = {
    "content-type": contentType,
    ...Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
  };
  const request = { ...sent, host: url.host, path: url.pathname, query: url.searchParams, headers };
  const signing = { credentials: ownerCredentials, region, service: "s3" };
  const response = await fetch(url, { ...sent, headers: signedHeaders(request, signing) });
  if (response.ok) return response.headers.get("x-amz-request-id") ?? "";
  const [, reason = `it answers ${response.status}`] =
    /<Message>([^<]*)</.exec(await response.text()) ?? [];
  throw new OpsError(
    `${key} cannot be put into ${new URL(bucketUrl).pathname.slice(1)}: ${reason}`,
  );
}
