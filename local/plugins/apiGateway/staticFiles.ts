import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Bucket, BucketObject, Role, RolePolicyAttachment } from "./awsResources.ts";
import { addOperation, objectOperation, type Paths } from "./operations.ts";
import { type Route, shortHash } from "./routes.ts";

type FilesRoute = Route & { readonly kind: "files" };

export type StaticFilesOptions = {
  /** Of the component; names of objects begin with it. */
  readonly name: string;
  readonly bucket: Bucket;
  readonly region: pulumi.Output<string>;
  readonly options: pulumi.CustomResourceOptions;
};

/** Serves a file, or a folder with everything in it, from a bucket. */
export function addStaticFiles(paths: Paths, route: FilesRoute, options: StaticFilesOptions): void {
  const location = path.resolve(route.localPath);
  if (statSync(location).isDirectory()) addFolder(paths, route, location, options);
  else addFile(paths, route, location, options);
}

function addFile(
  paths: Paths,
  route: FilesRoute,
  location: string,
  options: StaticFilesOptions,
): void {
  const key = options.name + shortHash(`get:${route.path}`);
  const role = readerRole(key, options);
  upload(key, location, route.contentType, options);
  const uri = objectUri(options, key);
  addOperation(paths, route.path, "get", objectOperation(route, { uri, role: role.arn }));
}

function addFolder(
  paths: Paths,
  route: FilesRoute,
  folder: string,
  options: StaticFilesOptions,
): void {
  const served = route.path.endsWith("/") ? route.path : `${route.path}/`;
  const prefix = options.name + shortHash(`get:${served}`);
  const role = readerRole(prefix, options).arn;
  for (const file of filesBelow(folder)) {
    upload(`${prefix}/${file}`, path.join(folder, file), undefined, options);
    if (file !== route.index) continue;
    const uri = objectUri(options, `${prefix}/${file}`);
    addOperation(paths, served, "get", objectOperation(route, { uri, role }));
  }
  const uri = objectUri(options, `${prefix}/{proxy}`);
  const operation = objectOperation(route, { uri, role }, "proxy");
  addOperation(paths, `${served}{proxy+}`, "x-amazon-apigateway-any-method", operation);
}

/** Relative paths with slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"));
}

function upload(
  key: string,
  file: string,
  contentType: string | undefined,
  { bucket, options }: StaticFilesOptions,
): void {
  const source = new pulumi.asset.FileAsset(file);
  const type = contentType ?? contentTypes[path.extname(file).toLowerCase()];
  new BucketObject(key, { bucket: bucket.bucket, key, source, contentType: type }, options);
}

/** The role as which API Gateway reads the objects. */
function readerRole(name: string, { options }: StaticFilesOptions): Role {
  const statement = {
    Sid: "",
    Effect: "Allow",
    Principal: { Service: "apigateway.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const role = new Role(name, { assumeRolePolicy }, options);
  const policyArn = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
  new RolePolicyAttachment(name, { role: role.id, policyArn }, options);
  return role;
}

function objectUri({ region, bucket }: StaticFilesOptions, key: string): pulumi.Output<string> {
  return pulumi.interpolate`arn:aws:apigateway:${region}:s3:path/${bucket.bucket}/${key}`;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".gif": "image/gif",
  ".htm": "text/html",
  ".html": "text/html",
  ".ico": "image/vnd.microsoft.icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "application/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".mjs": "application/javascript",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};
