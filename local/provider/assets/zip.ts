import { zip as deflate, unzip as inflate, type Unzipped } from "fflate";
import { ProviderError } from "../../pulumi/provider.ts";
import type { CodeFiles } from "../../services/lambda/code.ts";

/** The earliest time that a zip file can hold: equal files make equal archives. */
const mtime = new Date("1980-01-01T00:00:00");

/**
 * The files of a zip file, by their paths in it.
 *
 * @param name of the archive, for the error
 * @throws ProviderError for bytes that are no zip file
 */
export async function unzip(bytes: Buffer, name: string): Promise<CodeFiles> {
  const { promise, resolve, reject } = Promise.withResolvers<Unzipped>();
  inflate(bytes, (error, files) => (error === null ? resolve(files) : reject(error)));
  const files = await promise.catch((cause: Error) => {
    throw new ProviderError(`${name} is no zip file: ${cause.message}`, { cause });
  });
  const entries = Object.entries(files).filter(([path]) => !path.endsWith("/"));
  return Object.fromEntries(entries.map(([path, content]) => [path, Buffer.from(content)]));
}

export async function zip(files: CodeFiles): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const contents = Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]);
  deflate(Object.fromEntries(contents), { mtime }, (error, bytes) =>
    error === null ? resolve(bytes) : reject(error),
  );
  return Buffer.from(await promise);
}
