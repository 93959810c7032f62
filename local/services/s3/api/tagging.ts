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
 * @param others what happens to a well-formed document of another kind, which has no tags
 * @throws S3Error MalformedXML, InvalidTag, BadRequest
 */
export function readTagging(
  document: string,
  tagged: Tagged,
  others: "rejected" | "ignored" = "rejected",
): Tag[] {
  const root = parseXml(document);
  if (root === undefined) throw malformedXml();
  if (root.name !== "Tagging" && others === "ignored") return [];
  if (root.name !== "Tagging") throw malformedXml();
  // Without a set there are no tags.
  const set = childOf(root, "TagSet");
  return checkTags(set === undefined ? [] : childrenOf(set, "Tag").map(readTag), tagged);
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
