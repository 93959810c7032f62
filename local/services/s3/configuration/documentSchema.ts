import * as v from "valibot";
import { parseXml, type XmlContent, type XmlElement } from "../../../protocol/xml.ts";
import { malformedXml } from "../s3Error.ts";

/**
 * Schemas of the XML documents that configure buckets. In a schema an element is its text, or an object
 * that has, for each name, the list of the elements of that name, and its type (`xsi:type`) if it states one.
 */
type Content = string | { readonly [name: string]: string | readonly Content[] };

/** The member of an element's schema for its type. */
export const typeMember = "@type";

/** A document's content, as it is written. */
export type DocumentContent = Readonly<Record<string, XmlContent | readonly XmlContent[]>>;

/**
 * Reads a document. What the schema does not know is rejected, as S3 does.
 * @param root the name of its element
 * @throws S3Error MalformedXML
 */
export function readDocument<T>(
  document: string,
  root: string,
  schema: v.GenericSchema<unknown, T>,
): T {
  const element = parseXml(document);
  if (element?.name !== root) throw malformedXml();
  const result = v.safeParse(schema, contentOf(element));
  if (!result.success) throw malformedXml();
  return result.output;
}

function contentOf({ attributes, children, text }: XmlElement): Content {
  if (children.length === 0) return text;
  const byName = Object.groupBy(children, ({ name }) => name);
  const members = Object.entries(byName).map(
    ([name, elements = []]) => [name, elements.map(contentOf)] as const,
  );
  const { type } = attributes;
  return { ...Object.fromEntries(members), ...(type !== undefined && { [typeMember]: type }) };
}

/** An element with members. */
export function element<T extends v.ObjectEntries>(members: T) {
  return v.pipe(
    v.unknown(),
    v.transform((content) => (isBlank(content) ? {} : content)),
    v.strictObject(members),
  );
}

function isBlank(content: unknown): boolean {
  return typeof content === "string" && content.trim() === "";
}

/** What reads an element into a `T`. */
type Reads<T> = v.GenericSchema<unknown, T>;

/** An element that must be there, once. */
export function one<T>(schema: Reads<T>): Reads<T> {
  return v.pipe(
    v.tuple([schema]),
    v.transform(([only]: [T]) => only),
  );
}

/** An element that may be there, once. */
export function optional<T>(schema: Reads<T>) {
  return v.optional(one(schema));
}

/** An element that may be there several times. */
export function any<T>(schema: Reads<T>) {
  return v.optional(v.array(schema));
}

/** An element that must be there, once or several times. */
export function several<T>(schema: Reads<T>, maximum = 1000) {
  return v.pipe(v.array(schema), v.minLength(1), v.maxLength(maximum));
}

export const text = v.string();

export const flag = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((value) => value === "true"),
);

/** A whole number of at least `minimum`. */
export function number(minimum = 0) {
  return v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), v.minValue(minimum));
}

export function choice<const T extends readonly string[]>(...values: T) {
  return v.picklist(values);
}

export const status = choice("Enabled", "Disabled");

export const tag = element({ Key: one(text), Value: one(text) });
