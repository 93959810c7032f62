import {
  childOf,
  childrenOf,
  parseXml,
  textOf,
  type XmlContent,
  type XmlElement,
} from "../../../protocol/xml.ts";
import { malformedXml } from "../s3Error.ts";
import { checkTags, type Tag, type Tagged } from "../tagging/tag.ts";

/**
 * Reads the document of PutObjectTagging and PutBucketTagging.
 * @throws S3Error MalformedXML, InvalidTag, BadRequest
 */
export function readTagging(document: string, tagged: Tagged): Tag[] {
  const root = parseXml(document);
  const set = root?.name === "Tagging" ? childOf(root, "TagSet") : undefined;
  if (set === undefined) throw malformedXml();
  return checkTags(childrenOf(set, "Tag").map(readTag), tagged);
}

/** @throws S3Error MalformedXML */
export function readTag(element: XmlElement): Tag {
  const key = textOf(element, "Key");
  const value = textOf(element, "Value");
  if (key === undefined || value === undefined) throw malformedXml();
  return { key, value };
}

/** The content of `Tagging`. */
export function taggingElement(tags: readonly Tag[]): XmlContent {
  return { TagSet: { Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) } };
}
