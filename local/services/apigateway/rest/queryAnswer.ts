import type { HttpAnswer } from "../../../protocol/serviceCall.ts";
import { parseXml, type XmlElement } from "../../../protocol/xml.ts";

/**
 * An answer of SQS's or SNS's query protocol as API Gateway gets it: API Gateway asks for JSON, where other callers get
 * XML. The answer to an error has no element around it.
 */
export function queryAnswer(answer: HttpAnswer): HttpAnswer {
  if (!/xml/.test(answer.headers["content-type"] ?? "")) return answer;
  const root = parseXml(answer.body);
  if (root === undefined) return answer;
  const value = memberOf(root);
  const body = JSON.stringify(root.name === "ErrorResponse" ? value : { [root.name]: value });
  return { ...answer, headers: { ...answer.headers, "content-type": "application/json" }, body };
}

/** An element with others is an object, several of one name are a list. */
function memberOf({ children, text }: XmlElement): unknown {
  if (children.length === 0) return text;
  const byName = Map.groupBy(children, ({ name }) => name);
  return Object.fromEntries(
    [...byName].map(([name, [first, ...others]]) => [
      name,
      others.length === 0 && first !== undefined
        ? memberOf(first)
        : children.filter((each) => each.name === name).map(memberOf),
    ]),
  );
}
