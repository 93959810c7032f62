import type { Reply } from "../../../protocol/call.ts";
import { formatXml, type XmlContent } from "../../../protocol/xml.ts";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

type Headers = Readonly<Record<string, string>>;

export function xmlReply(name: string, content: XmlContent, headers: Headers = {}): Reply {
  return {
    status: 200,
    headers: { "content-type": "application/xml", ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${formatXml(name, content, namespace)}`,
  };
}

export function emptyReply(status: number, headers: Headers = {}): Reply {
  return { status, headers, body: "" };
}
