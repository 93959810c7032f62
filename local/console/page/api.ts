/** Asks the local run. @throws Error with what it says is wrong */
export async function get<Answer>(
  path: string,
  query: Record<string, string> = {},
): Promise<Answer> {
  return read(await fetch(`/_fanout/api/${path}?${new URLSearchParams(query)}`));
}

/** Has the local run do something. @throws Error with what it says is wrong */
export async function post<Answer>(path: string, body: object): Promise<Answer> {
  return read(
    await fetch(`/_fanout/api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

/**
 * Puts an object into a bucket, as the account's owner, by a presigned URL.
 *
 * @returns the id of its event, which is the request's
 */
export async function putObject(
  bucket: string,
  key: string,
  body: Blob,
  metadata: Readonly<Record<string, string>> = {},
): Promise<{ event: string }> {
  const headers = {
    "content-type": body.type || "application/octet-stream",
    ...Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
  };
  const path = `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  const upload = { host: location.host, path, headers };
  const presigned = await post<{ path: string }>("presign-upload", upload);
  const response = await fetch(presigned.path, { method: "PUT", headers, body });
  if (!response.ok) {
    const [, message] = /<Message>([^<]*)</.exec(await response.text()) ?? [];
    throw new Error(message ?? `The bucket answered with ${response.status}.`);
  }
  return { event: response.headers.get("x-amz-request-id") ?? "" };
}

async function read<Answer>(response: Response): Promise<Answer> {
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Error(answer.error?.message ?? `The local run answered with ${response.status}.`);
}
